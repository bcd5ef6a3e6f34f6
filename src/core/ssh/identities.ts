import { createPrivateKey } from 'node:crypto';
import ssh2 from 'ssh2';
import type { AnyAuthMethod, BaseAgent, IdentityCallback, ParsedKey, SignCallback } from 'ssh2';
import { CoreError, isCoreError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { readKey } from './keys.ts';
import type { AskPassphrase } from './keys.ts';
import { keyType } from './knownHosts.ts';
import { matchesKeyPair, publicKeyOf } from './publicKeys.ts';
import type { SshTarget } from './shell.ts';

/** What finding the keys of a login needs. */
export interface IdentityDeps {
  readonly log: Log;
  readonly passphrase: AskPassphrase;
}

/**
 * The keys to log in with, one after another, the likeliest first, because servers end after a few: what the agent
 * has of the wanted keys, then the key files, then all else that the agent has. A key file is read, and its
 * passphrase asked for, only when its turn comes.
 */
export async function* identities(target: SshTarget, deps: IdentityDeps): AsyncGenerator<AnyAuthMethod> {
  const { user: username, agent, keyFiles, keyPair = {} } = target;
  const base = agent === undefined ? undefined : ssh2.createAgent(agent);
  const held = base === undefined ? [] : await keysOf(base, target.host, deps.log);
  const files = await Promise.all(keyFiles.map(publicKeyOf));
  const isWanted = (key: ParsedKey) =>
    files.some((file) => file?.equals(key.getPublicSSH()) === true) ||
    matchesKeyPair(key.getPublicSSH(), keyPair);
  const fromAgent = (key: ParsedKey) => ({ type: 'agent' as const, username, agent: new OneKey(base, key) });
  const has = (file: Buffer | undefined) =>
    file !== undefined && held.some((key) => file.equals(key.getPublicSSH()));

  for (const key of held.filter(isWanted)) yield fromAgent(key);
  const unusable: unknown[] = [];
  const onSecurityKey = (key: string) =>
    new CoreError('ssh.securityKey', { host: target.host, user: username, key });
  for (const [index, path] of keyFiles.entries()) {
    if (has(files[index])) continue;
    if (isOnSecurityKey(files[index])) {
      unusable.push(onSecurityKey(path));
      continue;
    }
    const key = await readKey(path, parse, deps.passphrase).catch((error: unknown) => {
      // As OpenSSH: configurations name keys that are not on every machine.
      if (!skipped.some((code) => isCoreError(error, code))) throw error;
      deps.log.warn(`ssh ${target.host}: ${String(error)}`);
      unusable.push(error);
    });
    if (key !== undefined) yield { type: 'publickey', username, key };
  }
  const others = target.identitiesOnly === true ? [] : held.filter((other) => !isWanted(other));
  for (const key of others) yield fromAgent(key);
  if (unusable.length > 0 && unusable.length === keyFiles.length) throw unusable[0];
  if (agent === undefined || target.identitiesOnly === true) return;
  // Nothing of all that opened the door: who has another key that cannot be used here is told so.
  const [hidden] = await (await import('./securityKeys.ts')).securityKeysOf(agent);
  if (hidden !== undefined) throw onSecurityKey(hidden);
}

/** Whether a public key in wire format is on a security key (FIDO): ssh2 cannot use such, nor tells that it is there. */
function isOnSecurityKey(key: Buffer | undefined): boolean {
  return key !== undefined && keyType(key).startsWith('sk-');
}

/** A key that is none is passed over, where there are others. */
const skipped = ['ssh.keyMissing', 'ssh.keyUnreadable', 'ssh.keyInvalid'] as const;

function parse(data: Buffer, passphrase?: string): ParsedKey | Error {
  const readable = inOlderForm(data, passphrase);
  // Typed as one key, but a file of OpenSSH's format parses to a list.
  const [key] = readable instanceof Error ? [readable] : [ssh2.utils.parseKey(readable, passphrase)].flat();
  if (key instanceof Error) return key;
  return key?.isPrivateKey() === true ? key : new Error('not a private key');
}

/** A key in PEM's newer form, PKCS#8, in the one of its own kind, which is what ssh2 knows; any other as it is. */
function inOlderForm(data: Buffer, passphrase: string | undefined): Buffer | string | Error {
  const text = data.toString('latin1');
  const isEncrypted = text.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----');
  if (!isEncrypted && !text.includes('-----BEGIN PRIVATE KEY-----')) return data;
  if (isEncrypted && passphrase === undefined) return new Error('no passphrase given');
  try {
    const key = createPrivateKey({ key: data, ...(passphrase !== undefined && { passphrase }) });
    return key.export({ format: 'pem', type: key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1' });
  } catch {
    return isEncrypted ? new Error('wrong passphrase') : data;
  }
}

function keysOf(agent: BaseAgent, host: string, log: Log): Promise<readonly ParsedKey[]> {
  return new Promise((resolve) => {
    agent.getIdentities((error, keys) => {
      // An agent that does not answer is one way in fewer, not the end.
      if (error) log.warn(`ssh ${host}: agent: ${error.message}`);
      const parsed = (keys ?? []).map((key) =>
        typeof key === 'string' || Buffer.isBuffer(key) ? ssh2.utils.parseKey(key) : key,
      );
      resolve(parsed.filter((key): key is ParsedKey => !(key instanceof Error)));
    });
  });
}

/** One key of an agent, so that the order of the tries is ours. */
class OneKey extends ssh2.BaseAgent<ParsedKey> {
  readonly #base: BaseAgent | undefined;
  readonly #key: ParsedKey;

  constructor(base: BaseAgent | undefined, key: ParsedKey) {
    super();
    this.#base = base;
    this.#key = key;
  }

  getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(undefined, [this.#key]);
  }

  sign(key: ParsedKey, data: Buffer, options: object, callback?: SignCallback): void {
    const done = typeof options === 'function' ? (options as SignCallback) : callback;
    this.#base?.sign(key, data, typeof options === 'function' ? {} : options, done);
  }
}
