import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { Lab } from '../lab.ts';
import { run, type Finished } from '../process/run.ts';

/** What a client sees of a TCP port that is to speak first, as SSH does. */
export type Seen = 'answers' | 'refused' | 'times out';

/** How long to wait for an answer that is to come, and for one that is not to, in seconds. */
const patience = { answers: 15, refused: 15, 'times out': 1.5 };

/**
 * Connects from the operator to a TCP port and tells what it saw.
 *
 * `expected` only decides how long to wait, so that an expected silence costs little and a slow answer is no failure.
 */
export async function knock(lab: Lab, address: string, port: number, expected: Seen): Promise<Seen> {
  const script = 'exec 3<>"/dev/tcp/$0/$1" && read -r -n 3 banner <&3 && [ "$banner" = SSH ]';
  const timed = ['timeout', String(patience[expected]), 'bash', '-c', script, address, String(port)];
  const { code, stderr } = await run([...lab.enterOperator, ...timed]);
  if (code === 0) return 'answers';
  if (code === 124) return 'times out';
  if (stderr.includes('refused')) return 'refused';
  throw new Error(`Connecting to ${address}:${port} failed in no way that the network should: ${stderr}`);
}

/** A key pair for one test: the private half as PEM, the public half as a line of authorized_keys. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
  const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync('ed25519', {
    comment: 'test',
  });
  return { privateKey, publicKey };
}

/** Logs in as the operator with SSH and runs one command; the answer has the host key that the guest showed. */
export async function login(
  lab: Lab,
  address: string,
  privateKey: string,
  command: string,
): Promise<Finished & { hostKey: string }> {
  const script = join(import.meta.dirname, 'login.ts');
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', script, address, command];
  const { stdout, stderr, code } = await run([...lab.enterOperator, ...node], { input: privateKey });
  if (code !== 0) throw new Error(`SSH to ${address} failed: ${stderr}`);
  return JSON.parse(stdout) as Finished & { hostKey: string };
}
