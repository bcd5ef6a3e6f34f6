import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Debian's real ifupdown, asked about files of the test's own; it is unpacked and never installed. */
export interface Oracle {
  /** What it answers about the file: its complaints, and its answer for each name. */
  ask(text: string, names: readonly string[]): Promise<OracleAnswer>;
  /** What it would do to bring an interface up. */
  wouldBringUp(text: string, name: string): Promise<string>;
  remove(): Promise<void>;
}

/** What ifupdown says of a file. */
export interface OracleAnswer {
  /** The line of the fault for which the whole file is refused. */
  readonly refusedLine?: number;
  readonly answers: Readonly<Record<string, string>>;
}

/** Prepares the oracle; the first time it downloads one Debian package. */
export async function openOracle(): Promise<Oracle> {
  const programs = join(await unpacked(), 'sbin');
  const directory = await mkdtemp('/tmp/ec2-multi-ip-oracle-');
  const file = join(directory, 'interfaces');
  const query = (args: readonly string[]) => output(join(programs, 'ifquery'), ['-i', file, ...args]);
  return {
    ask: async (text, names) => {
      await writeFile(file, text, 'latin1');
      const complaints = await query(['--list']);
      const fault = new RegExp(`^ifquery: ${file}:(\\d+): (?!extra parameter)`, 'm').exec(complaints);
      const refused = complaints.includes("couldn't read interfaces file");
      const answers: Record<string, string> = {};
      for (const name of refused ? [] : names) answers[name] = await query([name]);
      return { ...(refused ? { refusedLine: Number(fault?.[1]) } : {}), answers };
    },
    wouldBringUp: async (text, name) => {
      await writeFile(file, text, 'latin1');
      return output(join(programs, 'ifup'), ['-n', '--no-scripts', '-i', file, name]);
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Both outputs of a program, whatever it returns: ifupdown's exit codes tell little. */
async function output(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await exec(program, args);
    return stdout + stderr;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error) {
      return String(error.stdout) + String(error.stderr);
    }
    throw error;
  }
}

async function unpacked(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ec2-multi-ip');
  const directory = join(cache, 'ifupdown-oracle');
  if (existsSync(join(directory, 'sbin', 'ifquery'))) return directory;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'ifupdown-'));
  await exec('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', 'ifupdown'], { cwd: fresh });
  const [archive = ''] = (await readdir(fresh)).filter((name) => name.endsWith('.deb'));
  await exec('dpkg', ['-x', join(fresh, archive), join(fresh, 'tree')]);
  await rename(join(fresh, 'tree'), directory).catch((error: unknown) => {
    if (!existsSync(directory)) throw error;
  });
  await rm(fresh, { recursive: true, force: true });
  return directory;
}
