import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { field, wire } from './wire.ts';

/** What EC2 tells of a key pair: its own form of a fingerprint and, where asked for, the public key. */
export interface KeyPairIdentity {
  /** MD5 of an imported RSA key, SHA-1 of one that EC2 made, SHA-256 of an Ed25519 key. */
  readonly fingerprint?: string;
  /** A line of OpenSSH's format. */
  readonly publicKey?: string;
}

/**
 * The public key of a private key file in SSH's wire format, without its passphrase: from the `.pub` file beside
 * it, from the head of OpenSSH's own format, which is not encrypted, or from a PEM file that is not either.
 */
export async function publicKeyOf(path: string): Promise<Buffer | undefined> {
  const beside = publicKeyOfLine(await text(`${path}.pub`));
  if (beside !== undefined) return beside;
  const content = await text(path);
  return publicKeyOfLine(content) ?? openSshPublicKey(content) ?? pemPublicKey(content);
}

/** Whether a private key file belongs to a key pair of EC2. */
export async function fileMatchesKeyPair(path: string, pair: KeyPairIdentity): Promise<boolean> {
  const key = await publicKeyOf(path);
  if (key !== undefined && matchesKeyPair(key, pair)) return true;
  return pair.fingerprint !== undefined && privateFingerprint(await text(path)) === pair.fingerprint;
}

/** Whether a public key in wire format is that of a key pair, as far as a public key tells. */
export function matchesKeyPair(key: Buffer, { fingerprint, publicKey }: KeyPairIdentity): boolean {
  if (publicKey !== undefined && publicKeyOfLine(publicKey)?.equals(key) === true) return true;
  if (fingerprint === undefined) return false;
  const sha256 = createHash('sha256').update(key).digest('base64');
  return (
    fingerprint.replace(/^SHA256:/, '').replace(/=+$/, '') === sha256.replace(/=+$/, '') ||
    fingerprint === publicFingerprint(key)
  );
}

/** The key of a line such as `ssh-ed25519 AAAA… comment`. */
export function publicKeyOfLine(line: string): Buffer | undefined {
  const [, type, base64] = /^\s*((?:ssh|ecdsa|sk-)[\w@.-]+)\s+([A-Za-z0-9+/=]+)/.exec(line) ?? [];
  if (type === undefined || base64 === undefined) return undefined;
  const key = Buffer.from(base64, 'base64');
  return field(key, 0)?.toString('latin1') === type ? key : undefined;
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // A key that cannot be read matches none; who chooses it is told why.
    return '';
  }
}

const MAGIC = Buffer.from('openssh-key-v1\0');

function openSshPublicKey(content: string): Buffer | undefined {
  const [, body] =
    /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END OPENSSH PRIVATE KEY-----/.exec(content) ?? [];
  const bytes = Buffer.from(body ?? '', 'base64');
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  let at = MAGIC.length;
  // Cipher, key derivation and its options come first, then the number of keys.
  for (let index = 0; index < 3; index += 1) at += 4 + (field(bytes, at)?.length ?? 0);
  return field(bytes, at + 4);
}

function pemPublicKey(content: string): Buffer | undefined {
  const { kty, crv = '', n, e, x, y } = privateKey(content)?.export({ format: 'jwk' }) ?? {};
  const part = (value: string | undefined) => Buffer.from(value ?? '', 'base64url');
  if (kty === 'RSA') return wire(['ssh-rsa', positive(part(e)), positive(part(n))]);
  if (kty === 'OKP' && crv === 'Ed25519') return wire(['ssh-ed25519', part(x)]);
  if (kty !== 'EC' || !/^P-\d+$/.test(crv)) return undefined;
  const curve = `nistp${crv.slice(2)}`;
  return wire([`ecdsa-sha2-${curve}`, curve, Buffer.concat([Buffer.from([4]), part(x), part(y)])]);
}

function privateKey(content: string): KeyObject | undefined {
  try {
    return createPrivateKey(content);
  } catch {
    return undefined;
  }
}

/** Of a key that EC2 made: SHA-1 of the private key as DER of PKCS#8. */
function privateFingerprint(content: string): string | undefined {
  const der = privateKey(content)?.export({ type: 'pkcs8', format: 'der' });
  return der === undefined ? undefined : colons(createHash('sha1').update(der).digest());
}

/** Of an RSA key that was imported: MD5 of the public key as DER. */
function publicFingerprint(key: Buffer): string | undefined {
  if (field(key, 0)?.toString('latin1') !== 'ssh-rsa') return undefined;
  const e = field(key, 4 + 'ssh-rsa'.length);
  const n = field(key, 8 + 'ssh-rsa'.length + (e?.length ?? 0));
  if (e === undefined || n === undefined) return undefined;
  const jwk = { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') };
  const der = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
  return colons(createHash('md5').update(der).digest());
}

function colons(digest: Buffer): string {
  return (digest.toString('hex').match(/../g) ?? []).join(':');
}

/** A number of the wire format has a leading zero where it would look negative. */
function positive(number: Buffer): Buffer {
  return (number[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), number]) : number;
}
