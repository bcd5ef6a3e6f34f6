import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { WireReader, field } from '../wire.ts';

/** The hash of each kind of signature that OpenSSH believes of an authority; SHA-1 is none of them. */
const hashes: Readonly<Record<string, string | null>> = {
  'ssh-ed25519': null,
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
  'sk-ssh-ed25519@openssh.com': null,
  'sk-ecdsa-sha2-nistp256@openssh.com': 'sha256',
};

/** Whether a signature in wire format is made in a way that is still believed. */
export function isStrong(signature: Buffer): boolean {
  return Object.hasOwn(hashes, field(signature, 0)?.toString('utf8') ?? '');
}

/** Whether a public key signed these bytes; both the key and the signature are in wire format. */
export function isSignedBy(key: Buffer, bytes: Buffer, signature: Buffer): boolean {
  try {
    const reader = new WireReader(signature);
    const [kind, value] = [reader.text(), reader.string()];
    const hash = hashes[kind];
    const found = publicKey(key);
    if (hash === undefined || found?.kinds.includes(kind) !== true) return false;
    const { application, size } = found;
    const message = application === undefined ? bytes : ofSecurityKey(application, bytes, reader);
    if (!reader.done) return false;
    if (size === undefined) return verify(hash, message, found.key, value);
    return verify(hash, message, { key: found.key, dsaEncoding: 'ieee-p1363' }, pair(value, size));
  } catch {
    // Bytes that are no key or no signature at all.
    return false;
  }
}

/**
 * What a security key signs instead of the bytes: with whether it was touched, and how often it has signed so far.
 *
 * @see https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.u2f
 */
function ofSecurityKey(application: Buffer, bytes: Buffer, reader: WireReader): Buffer {
  const hash = (data: Buffer) => createHash('sha256').update(data).digest();
  return Buffer.concat([hash(application), reader.take(1 + 4), hash(bytes)]);
}

interface PublicKey {
  readonly key: KeyObject;
  /** The kinds of signatures that it can make. */
  readonly kinds: readonly string[];
  /** Bytes of one number of an elliptic curve's signature. */
  readonly size?: number;
  /** What a security key signs for, such as `ssh:`. */
  readonly application?: Buffer;
}

function publicKey(bytes: Buffer): PublicKey | undefined {
  const reader = new WireReader(bytes);
  const type = reader.text();
  const part = (value: Buffer) => value.toString('base64url');
  const key = (jwk: Readonly<Record<string, string>>) => createPublicKey({ key: jwk, format: 'jwk' });
  if (type === 'ssh-rsa') {
    const [e, n] = [reader.string(), reader.string()];
    return { key: key({ kty: 'RSA', e: part(e), n: part(n) }), kinds: ['rsa-sha2-256', 'rsa-sha2-512'] };
  }
  const plain = /^sk-(.+)@openssh\.com$/.exec(type)?.[1];
  const own = () => ({ kinds: [type], ...(plain !== undefined && { application: reader.string() }) });
  if ((plain ?? type) === 'ssh-ed25519') {
    return { key: key({ kty: 'OKP', crv: 'Ed25519', x: part(reader.string()) }), ...own() };
  }
  const bits = /^ecdsa-sha2-nistp(256|384|521)$/.exec(plain ?? type)?.[1];
  if (bits === undefined) return undefined;
  reader.string(); // The curve's name again.
  const size = Math.ceil(Number(bits) / 8);
  const point = reader.string();
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)];
  return { key: key({ kty: 'EC', crv: `P-${bits}`, x: part(x), y: part(y) }), size, ...own() };
}

/** An elliptic curve's two numbers as long as each other, as Node wants them. */
function pair(value: Buffer, size: number): Buffer {
  const reader = new WireReader(value);
  const number = () => {
    const bytes = reader.string();
    const bare = bytes[0] === 0 ? bytes.subarray(1) : bytes;
    return Buffer.concat([Buffer.alloc(Math.max(0, size - bare.length)), bare]);
  };
  return Buffer.concat([number(), number()]);
}
