import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const requirements = join(import.meta.dirname, 'requirements.txt');

/** The environment of Python without the variables that would let another installation in. */
const clean = { ...process.env, PYTHONPATH: '', PYTHONHOME: undefined, PIP_DISABLE_PIP_VERSION_CHECK: '1' };

function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ec2-multi-ip');
}

/** Runs a program to its end and returns what it printed; an Error with its last words where it fails. */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: clean, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let words = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (words += part.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.join(' ')} failed: ${(words || output).trim().slice(-2000)}`));
    });
  });
}

/** Debian splits what `python3 -m venv` needs into a package of its own. */
async function ensureVenv(log: (line: string) => void): Promise<void> {
  if (
    await run('python3', ['-c', 'import ensurepip, venv']).then(
      () => true,
      () => false,
    )
  )
    return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get'))
    throw new Error('The EC2 emulator needs Python 3 with its venv module: install python3-venv.');
  log('Installing python3-venv…');
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'python3', 'python3-venv']);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Removes what a killed process left half-made. */
async function removeLeftovers(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = /^making-venv-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function make(cache: string, ready: string, log: (line: string) => void): Promise<void> {
  await mkdir(cache, { recursive: true });
  await removeLeftovers(cache);
  await ensureVenv(log);
  log('Installing the EC2 emulator (once)…');
  const making = join(cache, `making-venv-${process.pid}-${Date.now()}`);
  try {
    await run('python3', ['-m', 'venv', making]);
    await run(join(making, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
    // Only a complete one gets the name, and only the first of two: it works from wherever it lies.
    await rename(making, ready).catch((cause: unknown) => {
      if (!existsSync(ready)) throw cause;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

const inProgress = new Map<string, Promise<void>>();

/**
 * Returns the path of a Python that has everything in `requirements.txt`, and makes its virtual environment
 * first where there is none yet (about a minute). One environment serves every checkout with the same
 * requirements and Python.
 */
export async function emulatorPython(log: (line: string) => void): Promise<string> {
  const version = await run('python3', ['--version']).catch(() => 'none');
  const key = createHash('sha256')
    .update(await readFile(requirements))
    .update(version)
    .digest('hex');
  const ready = join(cacheDirectory(), `venv-${key.slice(0, 16)}`);
  const python = join(ready, 'bin', 'python');
  if (existsSync(python)) return python;
  const making = inProgress.get(ready) ?? make(cacheDirectory(), ready, log);
  inProgress.set(ready, making);
  await making.finally(() => inProgress.delete(ready));
  return python;
}
