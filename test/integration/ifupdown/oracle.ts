import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unpackedPackage } from '../debianPackage.ts';

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
  const programs = join(await unpackedPackage('ifupdown'), 'sbin');
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
      // Where in the file a complaint is about may change, and nothing else of it.
      const line = new RegExp(`(?<=${file}):\\d+`, 'g');
      for (const name of refused ? [] : names) answers[name] = (await query([name])).replaceAll(line, '');
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
