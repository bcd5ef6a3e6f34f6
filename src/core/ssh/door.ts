// The one importer of ssh2: what it throws and emits is turned into our errors here.
import ssh2 from 'ssh2';
import type { AnyAuthMethod, Client, ConnectConfig, ParsedKey, ServerHostKeyAlgorithm } from 'ssh2';
import { CoreError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { startDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import { connectFailure } from './failures.ts';
import type { HostKeys } from './hostKeys.ts';
import { readKey } from './keys.ts';
import { fingerprint, keyType } from './knownHosts.ts';
import { SshSession } from './session.ts';
import type { GuestShell, SshQuestions, SshTarget } from './shell.ts';

/** What a connection needs besides its target. */
export interface ConnectOptions {
  readonly questions: SshQuestions;
  readonly hostKeys: HostKeys;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** How long the guest may take to answer and to let us in, questions to the user not counted; 15,000. */
  readonly timeoutMilliseconds?: number;
}

/**
 * Logs in to a guest.
 *
 * Throws the `ssh.*` errors, or the signal's reason as soon as it is aborted.
 */
export async function connect(target: SshTarget, options: ConnectOptions): Promise<GuestShell> {
  options.signal?.throwIfAborted();
  const keys = await readKeys(target, options);
  const knownTypes = await options.hostKeys.knownTypes(target);
  options.signal?.throwIfAborted();
  const client = new ssh2.Client();
  const milliseconds = options.timeoutMilliseconds ?? 15_000;
  const limit = new AbortController();
  const deadline = startDeadline(milliseconds, () => {
    const { host, port } = target;
    limit.abort(new CoreError('ssh.noAnswer', { host, port, seconds: milliseconds / 1000 }));
  });
  const signal = AbortSignal.any([limit.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    await logIn(client, { target, options, keys, knownTypes, deadline, signal });
    const shell = await SshSession.open(client, target, options.log, signal);
    options.log.info(`ssh ${target.user}@${target.host}: connected, arrived at ${shell.localAddress}`);
    return shell;
  } catch (error) {
    client.destroy();
    throw error;
  } finally {
    deadline.clear();
  }
}

interface Attempt {
  readonly target: SshTarget;
  readonly options: ConnectOptions;
  readonly keys: readonly ParsedKey[];
  readonly knownTypes: readonly string[];
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
}

function logIn(client: Client, attempt: Attempt): Promise<void> {
  const { target, options, deadline, signal } = attempt;
  const since = performance.now();
  return new Promise((resolve, reject) => {
    let rejection: CoreError | undefined;
    const fail = (error: unknown) => {
      signal.removeEventListener('abort', abort);
      const seconds = Math.round((performance.now() - since) / 100) / 10;
      reject(rejection ?? connectFailure(target, error, seconds));
    };
    const abort = () => {
      client.destroy();
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    signal.addEventListener('abort', abort, { once: true });
    client.on('error', (error) => {
      // An agent that does not answer is one way in fewer, not the end.
      if (error.level === 'agent') options.log.warn(`ssh ${target.host}: agent: ${error.message}`);
      else fail(error);
    });
    client.on('close', () => {
      fail(new CoreError('ssh.connectionLost', { host: target.host }));
    });
    client.on('ready', () => {
      signal.removeEventListener('abort', abort);
      client.removeAllListeners();
      resolve();
    });
    const verify = (key: Buffer, accept: (accepted: boolean) => void) => {
      deadline
        .suspend(() => judgeHostKey(key, target, options))
        .catch((error: unknown) => connectFailure(target, error, 0))
        .then((error) => {
          if (error instanceof CoreError) rejection = error;
          accept(error === undefined);
        }, fail);
    };
    client.connect(configure(attempt, verify));
  });
}

function configure(
  { target, keys, knownTypes }: Attempt,
  hostVerifier: (key: Buffer, accept: (accepted: boolean) => void) => void,
): ConnectConfig {
  const { host, port, user, agent } = target;
  const methods: AnyAuthMethod[] = [
    ...keys.map((key) => ({ type: 'publickey' as const, username: user, key })),
    ...(agent === undefined ? [] : [{ type: 'agent' as const, username: user, agent }]),
  ];
  return {
    host,
    port,
    username: user,
    authHandler: methods,
    hostVerifier,
    algorithms: { serverHostKey: hostKeyAlgorithms(knownTypes) },
    // Our own deadline counts, because this one does not stand still while the user is asked.
    readyTimeout: 0,
    keepaliveInterval: 5000,
    keepaliveCountMax: 3,
  };
}

const algorithmsByType: readonly (readonly [string, readonly ServerHostKeyAlgorithm[]])[] = [
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa']],
];

/** Asks first for the types that the host is known by, or another of its keys would look like a change. */
function hostKeyAlgorithms(knownTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const isKnown = ([type]: readonly [string, unknown]) => knownTypes.includes(type);
  return [
    ...algorithmsByType.filter((entry) => isKnown(entry)),
    ...algorithmsByType.filter((entry) => !isKnown(entry)),
  ].flatMap(([, algorithms]) => algorithms);
}

async function readKeys(target: SshTarget, { questions }: ConnectOptions): Promise<ParsedKey[]> {
  const parse = (data: Buffer, passphrase?: string): ParsedKey | Error => {
    // Typed as one key, but a file of OpenSSH's format parses to a list.
    const [key] = [ssh2.utils.parseKey(data, passphrase)].flat();
    if (key instanceof Error) return key;
    return key?.isPrivateKey() === true ? key : new Error('not a private key');
  };
  const keys: ParsedKey[] = [];
  // One after another, so that the user is asked for one passphrase at a time.
  for (const path of target.keyFiles) {
    keys.push(await readKey(path, parse, (keyFile) => questions.passphrase(keyFile)));
  }
  return keys;
}

/** Resolves where the key may be trusted; throws `ssh.hostKeyChanged` or `ssh.hostKeyRejected` otherwise. */
async function judgeHostKey(
  key: Buffer,
  target: SshTarget,
  { hostKeys, questions, log }: ConnectOptions,
): Promise<undefined> {
  const verdict = await hostKeys.check(target, key);
  const shown = fingerprint(key);
  if (verdict.state === 'changed') {
    const { expected, knownAt } = verdict;
    throw new CoreError('ssh.hostKeyChanged', { host: target.host, expected, actual: shown, knownAt });
  }
  if (verdict.state === 'known') return undefined;
  if (!(await questions.acceptHostKey(target.host, keyType(key), shown))) {
    throw new CoreError('ssh.hostKeyRejected', { host: target.host, fingerprint: shown });
  }
  log.info(`ssh ${target.host}: host key ${shown} accepted by the user`);
  await hostKeys.remember(target, key);
  return undefined;
}
