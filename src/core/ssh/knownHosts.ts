import { createHash } from 'node:crypto';

/** One key of one host, as a plain line of OpenSSH's known_hosts says it. */
export interface KnownKey {
  /** Such as `198.51.100.10`, `[198.51.100.10]:2222` or an instance id. */
  readonly name: string;
  /** Such as `ssh-ed25519`. */
  readonly type: string;
  /** The public key in SSH's wire format, base64. */
  readonly key: string;
  /** Counts from 1. */
  readonly line: number;
}

/** The name of a host in a known_hosts file: with its port where that is not 22. */
export function knownHostsName(host: string, port: number): string {
  return port === 22 ? host : `[${host}]:${port}`;
}

/** Reads the plain lines; hashed names, markers, comments and rubbish are passed over. */
export function parseKnownHosts(text: string): KnownKey[] {
  return text.split('\n').flatMap((line, index) => {
    const [names, type, key] = line.trim().split(/\s+/);
    if (names === undefined || type === undefined || key === undefined || /^[#@|]/.test(names)) return [];
    return names.split(',').map((name) => ({ name, type, key, line: index + 1 }));
  });
}

/** The text with `names` known by this key alone: their old plain lines go, everything else stays. */
export function withKnownKey(text: string, names: readonly string[], type: string, key: string): string {
  const kept = text.split('\n').flatMap((line) => {
    const [first = '', ...rest] = line.trim().split(/\s+/);
    if (rest.length < 2 || /^[#@|]/.test(first)) return [line];
    const others = first.split(',').filter((name) => !names.includes(name));
    if (others.length === first.split(',').length) return [line];
    return others.length === 0 ? [] : [[others.join(','), ...rest].join(' ')];
  });
  while (kept.at(-1) === '') kept.pop();
  return `${[...kept, ...names.map((name) => `${name} ${type} ${key}`)].join('\n')}\n`;
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
