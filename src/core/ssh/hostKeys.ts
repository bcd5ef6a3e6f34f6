import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  fingerprint,
  hashedName,
  isAbout,
  isWhole,
  keyType,
  knownHostsName,
  parseKnownHosts,
  withKnownKey,
} from './knownHosts.ts';
import type { KnownKey } from './knownHosts.ts';

/** Whose key it is. An EIP can move to another instance; the instance id stays. */
export interface HostIdentity {
  readonly host: string;
  readonly port: number;
  readonly instanceId?: string;
  /** What the person's configuration has it known by instead of its address (`HostKeyAlias`). */
  readonly alias?: string;
}

/** What is known about a key that a host shows; `knownAt` is the file and line that holds what is known. */
export type HostKeyVerdict =
  | { readonly state: 'known' }
  | { readonly state: 'unknown' }
  | { readonly state: 'revoked'; readonly knownAt: string }
  /** `of` tells whether it is the instance or just its address that was known; `expected` is a fingerprint. */
  | {
      readonly state: 'changed';
      readonly of: 'instance' | 'address';
      readonly expected: string;
      readonly knownAt: string;
    };

/** The keys of hosts that were accepted before. */
export interface HostKeys {
  /** The key types that this host is known by, to be asked for first. */
  knownTypes(identity: HostIdentity): Promise<readonly string[]>;
  check(identity: HostIdentity, key: Buffer): Promise<HostKeyVerdict>;
  /** The lines that say whose certificates of this host are believed, or which keys are revoked. */
  marked(identity: HostIdentity): Promise<readonly Known[]>;
  /** Keeps the key for the host's address and, where there is one, its instance id. */
  remember(identity: HostIdentity, key: Buffer): Promise<void>;
}

/** What besides our own file counts. */
export interface HostKeysOptions {
  /** The person's own known_hosts files: read, never written. */
  readonly others?: readonly string[];
  /** Whether addresses are written hashed. */
  readonly hashed?: boolean;
}

/** A line with the file that it is in. */
export interface Known extends KnownKey {
  readonly path: string;
}

/** Keeps host keys in a file of OpenSSH's known_hosts format, which is made when first needed. */
export function openHostKeys(path: string, { others = [], hashed = false }: HostKeysOptions = {}): HostKeys {
  let lastWrite: Promise<void> = Promise.resolve();
  const read = async (): Promise<readonly Known[]> => {
    const paths = [path, ...others];
    // As OpenSSH: what of a person's own files cannot be read says nothing.
    const texts = await Promise.all([readText(path), ...others.map((it) => readText(it).catch(() => ''))]);
    return texts.flatMap((text, index) =>
      parseKnownHosts(text)
        .filter(isWhole)
        .map((known) => ({ ...known, path: paths[index] ?? path })),
    );
  };
  return {
    knownTypes: async (identity) => {
      const known = (await read()).filter(({ marker }) => marker === undefined).filter(belongsTo(identity));
      return [...new Set(known.map(({ type }) => type))];
    },
    check: async (identity, key) => judge(await read(), identity, key),
    marked: async (identity) => {
      const isMarkedFor = (line: Known) => belongsTo(identity)(line) || isAbout(line, bareName(identity));
      return (await read()).filter((line) => line.marker !== undefined && isMarkedFor(line));
    },
    remember: (identity, key) => {
      // One after another, or two connections that begin together would each drop the other's line.
      lastWrite = lastWrite.catch(() => undefined).then(() => write(path, identity, key, hashed));
      return lastWrite;
    },
  };
}

function judge(all: readonly Known[], identity: HostIdentity, key: Buffer): HostKeyVerdict {
  const shown = key.toString('base64');
  const revoked = all.find(
    (line) => line.marker === 'revoked' && line.key === shown && belongsTo(identity)(line),
  );
  if (revoked !== undefined) return { state: 'revoked', knownAt: `${revoked.path}:${revoked.line}` };
  // A key that signs others is no host's own, so that a host with another key has not changed.
  const known = all.filter(({ marker }) => marker === undefined);
  const ofInstance = known.filter(({ names }) => names.includes(identity.instanceId ?? ''));
  const ofAddress = known.filter((line) => isAbout(line, nameOf(identity)));
  // What is known of the instance counts; its address may have belonged to another one.
  const candidates = ofInstance.length > 0 ? ofInstance : ofAddress;
  const first = candidates.find(({ type }) => type === keyType(key)) ?? candidates[0];
  if (first === undefined) {
    // As OpenSSH: a key that is known of the same host at the usual port is its own at any other.
    const isKnown = known.some((line) => line.key === shown && isAbout(line, bareName(identity)));
    return { state: isKnown ? 'known' : 'unknown' };
  }
  if (candidates.some((candidate) => candidate.key === shown)) return { state: 'known' };
  if (ofInstance.length === 0 && identity.instanceId !== undefined && movedFromElsewhere(known, ofAddress)) {
    return { state: 'unknown' };
  }
  return {
    state: 'changed',
    of: ofInstance.length > 0 ? 'instance' : 'address',
    expected: fingerprint(Buffer.from(first.key, 'base64')),
    knownAt: `${first.path}:${first.line}`,
  };
}

/** Whether the address's old key is that of an instance that we know by its id: then the EIP has moved. */
function movedFromElsewhere(known: readonly Known[], ofAddress: readonly Known[]): boolean {
  const isInstance = ({ names }: Known) => names.some((name) => name.startsWith('i-'));
  return ofAddress.some(({ key }) => known.some((other) => other.key === key && isInstance(other)));
}

function belongsTo(identity: HostIdentity): (line: KnownKey) => boolean {
  const { instanceId } = identity;
  const name = nameOf(identity);
  return (line) => isAbout(line, name) || (instanceId !== undefined && line.names.includes(instanceId));
}

function nameOf({ host, port, alias }: HostIdentity): string {
  return alias ?? knownHostsName(host, port);
}

/** The name without a port; whose certificate it has to be. */
function bareName({ host, alias }: HostIdentity): string {
  return alias ?? host;
}

async function write(path: string, identity: HostIdentity, key: Buffer, hashed: boolean): Promise<void> {
  const names = [nameOf(identity), identity.instanceId].filter((name) => name !== undefined);
  const written = (name: string) => (hashed && name !== identity.instanceId ? hashedName(name) : name);
  const text = withKnownKey(await readText(path), names, keyType(key), key.toString('base64'), written);
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
