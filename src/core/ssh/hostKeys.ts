import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fingerprint, keyType, knownHostsName, parseKnownHosts, withKnownKey } from './knownHosts.ts';
import type { KnownKey } from './knownHosts.ts';

/** Whose key it is. An EIP can move to another instance; the instance id stays. */
export interface HostIdentity {
  readonly host: string;
  readonly port: number;
  readonly instanceId?: string;
}

/** What is known about a key that a host shows. */
export type HostKeyVerdict =
  | { readonly state: 'known' }
  | { readonly state: 'unknown' }
  /** `expected` is a fingerprint, `knownAt` the file and line that holds it. */
  | { readonly state: 'changed'; readonly expected: string; readonly knownAt: string };

/** The keys of hosts that were accepted before. */
export interface HostKeys {
  /** The key types that this host is known by, to be asked for first. */
  knownTypes(identity: HostIdentity): Promise<readonly string[]>;
  check(identity: HostIdentity, key: Buffer): Promise<HostKeyVerdict>;
  /** Keeps the key for the host's address and, where there is one, its instance id. */
  remember(identity: HostIdentity, key: Buffer): Promise<void>;
}

/** Keeps host keys in a file of OpenSSH's known_hosts format, which is made when first needed. */
export function openHostKeys(path: string): HostKeys {
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    knownTypes: async (identity) => {
      const known = parseKnownHosts(await readText(path));
      return [...new Set(known.filter(belongsTo(identity)).map(({ type }) => type))];
    },
    check: async (identity, key) => judge(parseKnownHosts(await readText(path)), identity, key, path),
    remember: (identity, key) => {
      // One after another, or two connections that begin together would each drop the other's line.
      lastWrite = lastWrite.catch(() => undefined).then(() => write(path, identity, key));
      return lastWrite;
    },
  };
}

function judge(
  known: readonly KnownKey[],
  identity: HostIdentity,
  key: Buffer,
  path: string,
): HostKeyVerdict {
  const shown = key.toString('base64');
  const ofInstance = known.filter(({ name }) => name === identity.instanceId);
  const ofAddress = known.filter(({ name }) => name === knownHostsName(identity.host, identity.port));
  // What is known of the instance counts; its address may have belonged to another one.
  const candidates = ofInstance.length > 0 ? ofInstance : ofAddress;
  const [first] = candidates;
  if (first === undefined) return { state: 'unknown' };
  if (candidates.some((candidate) => candidate.key === shown)) return { state: 'known' };
  if (ofInstance.length === 0 && identity.instanceId !== undefined && movedFromElsewhere(known, ofAddress)) {
    return { state: 'unknown' };
  }
  return {
    state: 'changed',
    expected: fingerprint(Buffer.from(first.key, 'base64')),
    knownAt: `${path}:${first.line}`,
  };
}

/** Whether the address's old key is that of an instance that we know by its id: then the EIP has moved. */
function movedFromElsewhere(known: readonly KnownKey[], ofAddress: readonly KnownKey[]): boolean {
  return ofAddress.some(({ key }) => known.some((other) => other.key === key && other.name.startsWith('i-')));
}

function belongsTo({ host, port, instanceId }: HostIdentity): (key: KnownKey) => boolean {
  const names = [knownHostsName(host, port), instanceId];
  return ({ name }) => names.includes(name);
}

async function write(path: string, identity: HostIdentity, key: Buffer): Promise<void> {
  const names = [knownHostsName(identity.host, identity.port), identity.instanceId].filter(
    (name) => name !== undefined,
  );
  const text = withKnownKey(await readText(path), names, keyType(key), key.toString('base64'));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.new`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, path);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
