import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { field } from './wire.ts';

/** One line of OpenSSH's known_hosts. */
export interface KnownKey {
  /** Such as `198.51.100.10`, `[198.51.100.10]:2222`, `*.example.com`, `!bad`, a hashed name or an instance id. */
  readonly names: readonly string[];
  /** Such as `ssh-ed25519`. */
  readonly type: string;
  /** The public key in SSH's wire format, base64. */
  readonly key: string;
  /** Counts from 1. */
  readonly line: number;
  /** A key that must not be used, or one that only signs the keys of hosts. */
  readonly marker?: 'revoked' | 'cert-authority';
}

/** The name of a host in a known_hosts file: with its port where that is not 22. */
export function knownHostsName(host: string, port: number): string {
  return port === 22 ? host : `[${host}]:${port}`;
}

/** Reads the lines that hold a key; comments and rubbish are passed over. */
export function parseKnownHosts(text: string): KnownKey[] {
  return withoutMark(text)
    .split('\n')
    .flatMap((line, index) => {
      const words = line.trim().split(/\s+/);
      const marker = /^@(revoked|cert-authority)$/.exec(words[0] ?? '')?.[1];
      const [names, type, key] = marker === undefined ? words : words.slice(1);
      if (names === undefined || type === undefined || key === undefined || /^[#@]/.test(names)) return [];
      const known = { names: names.split(','), type, key, line: index + 1 };
      return [marker === undefined ? known : { ...known, marker: marker as 'revoked' | 'cert-authority' }];
    });
}

/** Whether a line's key is one of the type that it says; OpenSSH passes over what is half a key, or none. */
export function isWhole({ type, key }: Pick<KnownKey, 'type' | 'key'>): boolean {
  const bytes = Buffer.from(key, 'base64');
  let at = 0;
  for (let part = field(bytes, at); part !== undefined; part = field(bytes, at)) at += 4 + part.length;
  return at === bytes.length && keyType(bytes) === type;
}

/** Editors of Windows put a mark before the text, which would belong to the first name. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Whether a line is about the host of this name: in plain, hashed or by a pattern, and not excepted. */
export function isAbout({ names }: Pick<KnownKey, 'names'>, name: string): boolean {
  const excepted = names.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1), name));
  return !excepted && names.some((pattern) => !pattern.startsWith('!') && matches(pattern, name));
}

function matches(pattern: string, name: string): boolean {
  if (pattern.startsWith('|1|')) return isHashOf(pattern, name);
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === name.toLowerCase();
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 'i').test(name);
}

function isHashOf(hashed: string, name: string): boolean {
  const [, , salt = '', digest = ''] = hashed.split('|');
  const [wanted, actual] = [Buffer.from(digest, 'base64'), hmac(Buffer.from(salt, 'base64'), name)];
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

function hmac(salt: Buffer, name: string): Buffer {
  return createHmac('sha1', salt).update(name).digest();
}

/** A name as `HashKnownHosts` keeps it. */
export function hashedName(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${hmac(salt, name).toString('base64')}`;
}

/** The text with `names` known by this key alone: their old lines go, everything else stays. */
export function withKnownKey(
  text: string,
  names: readonly string[],
  type: string,
  key: string,
  written: (name: string) => string = (name) => name,
): string {
  const isOld = (pattern: string) => names.some((name) => pattern === name || isOldHash(pattern, name));
  const kept = withoutMark(text)
    .split('\n')
    .flatMap((line) => {
      const [first = '', ...rest] = line.trim().split(/\s+/);
      if (rest.length < 2 || /^[#@]/.test(first)) return [line];
      const others = first.split(',').filter((name) => !isOld(name));
      if (others.length === first.split(',').length) return [line];
      return others.length === 0 ? [] : [[others.join(','), ...rest].join(' ')];
    });
  while (kept.at(-1) === '') kept.pop();
  return `${[...kept, ...names.map((name) => `${written(name)} ${type} ${key}`)].join('\n')}\n`;
}

function isOldHash(pattern: string, name: string): boolean {
  return pattern.startsWith('|1|') && isHashOf(pattern, name);
}

/** The algorithm that a public key in wire format names first. */
export function keyType(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  return key.subarray(4, 4 + length).toString('latin1');
}

/** A key's fingerprint as OpenSSH prints it, such as `SHA256:…`. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
