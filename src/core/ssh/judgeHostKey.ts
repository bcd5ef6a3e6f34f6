import { CoreError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Certified } from './certified.ts';
import { isPrinted } from './consoleKeys.ts';
import type { HostKeys } from './hostKeys.ts';
import { fingerprint, keyType } from './knownHosts.ts';
import type { SshQuestions, SshTarget } from './shell.ts';

/** What judging a host key needs. */
export interface JudgeDeps {
  readonly hostKeys: HostKeys;
  readonly questions: SshQuestions;
  readonly log: Log;
  readonly certified: Certified;
  /** The fingerprints that the instance printed to its console; empty where it printed none. */
  readonly printed?: (signal?: AbortSignal) => Promise<readonly string[]>;
  readonly signal: AbortSignal;
}

/** Resolves where the key may be trusted; throws one of the `ssh.host…` errors otherwise. */
export async function judgeHostKey(key: Buffer, target: SshTarget, deps: JudgeDeps): Promise<undefined> {
  const { hostKeys, questions, log, printed, signal } = deps;
  const { host } = target;
  const verdict = await hostKeys.check(target, key);
  const shown = fingerprint(key);
  if (verdict.state === 'revoked') {
    throw new CoreError('ssh.hostKeyRevoked', { host, fingerprint: shown, knownAt: verdict.knownAt });
  }
  const problem = certificateProblem(key, target, deps);
  if (problem === 'none') return undefined;
  if (verdict.state === 'known') return undefined;
  // An instance keeps its keys. An address alone may have moved to an instance that tells its keys itself.
  const mayBePrinted = verdict.state === 'unknown' || verdict.of === 'address';
  const prints = mayBePrinted && target.instanceId !== undefined ? ((await printed?.(signal)) ?? []) : [];
  const isProven = isPrinted(key, prints);
  if (verdict.state === 'changed' && !isProven) {
    const { expected, knownAt } = verdict;
    throw new CoreError('ssh.hostKeyChanged', { host, expected, actual: shown, knownAt });
  }
  if (prints.length > 0 && !isProven) {
    throw new CoreError('ssh.hostKeyNotPrinted', { host, actual: shown, printed: prints });
  }
  if (!isProven && !(await questions.acceptHostKey(host, keyType(key), shown, problem))) {
    throw new CoreError('ssh.hostKeyRejected', { host, fingerprint: shown });
  }
  log.info(`ssh ${host}: host key ${shown} ${isProven ? 'is on the console' : 'accepted by the user'}`);
  await hostKeys.remember(target, key);
  return undefined;
}

/** `none` where a certificate vouches for the key; a reason where it is one that could have, `undefined` otherwise. */
function certificateProblem(key: Buffer, { host }: SshTarget, { certified, log }: JudgeDeps) {
  if (certified.state === 'nothing') return undefined;
  if (certified.state === 'revoked') {
    const { authority, knownAt } = certified;
    throw new CoreError('ssh.hostAuthorityRevoked', { host, fingerprint: authority, knownAt });
  }
  // Who asked first may have been answered by another machine, as where an EIP has moved since.
  if (!certified.key.equals(key)) return undefined;
  if (certified.state === 'invalid') {
    log.warn(`ssh ${host}: its certificate is not believed: ${certified.problem}`);
    return certified.problem;
  }
  log.info(`ssh ${host}: host key ${fingerprint(key)} is certified by ${certified.authority}`);
  return 'none';
}
