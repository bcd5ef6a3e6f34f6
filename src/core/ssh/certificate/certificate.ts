import { WireReader, wire } from '../wire.ts';

/** What a certificate of OpenSSH says; what it does not say here is of no matter for a host. */
export interface Certificate {
  /** The key that it is about, in wire format, as a host without a certificate shows it. */
  readonly key: Buffer;
  readonly isOfHost: boolean;
  /** The names that it is for; empty: every one. */
  readonly principals: readonly string[];
  /** Seconds since 1970; it is valid from the first, and up to just before the second. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  /** Whether it demands what whoever reads it has to know. */
  readonly hasCriticalOptions: boolean;
  /** The key that signed it, in wire format. */
  readonly authority: Buffer;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

const SUFFIX = '-cert-v01@openssh.com';

/** How many strings a public key of a type consists of. */
const fieldsOf: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
};

const OF_HOST = 2;

/**
 * Reads a certificate; `undefined` where it is none of a type that we know, or is broken.
 *
 * @see https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.certkeys
 */
export function parseCertificate(bytes: Buffer): Certificate | undefined {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(bytes: Buffer): Certificate | undefined {
  const reader = new WireReader(bytes);
  const name = reader.text();
  const type = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : '';
  const fields = fieldsOf[type];
  if (fields === undefined) return undefined;
  reader.string(); // A nonce, so that nobody knows beforehand what will be signed.
  const key = wire([type, ...Array.from({ length: fields }, () => reader.string())]);
  reader.uint64(); // Its serial number.
  const isOfHost = reader.uint32() === OF_HOST;
  reader.string(); // What its authority calls it.
  const principals = listOf(reader.string());
  const [validAfter, validBefore] = [reader.uint64(), reader.uint64()];
  const hasCriticalOptions = reader.string().length > 0;
  reader.string(); // Extensions, which may be ignored; a host's has none.
  reader.string(); // Reserved.
  const authority = reader.string();
  const signed = bytes.subarray(0, reader.at);
  const signature = reader.string();
  if (!reader.done) return undefined;
  return {
    key,
    isOfHost,
    principals,
    validAfter,
    validBefore,
    hasCriticalOptions,
    authority,
    signed,
    signature,
  };
}

function listOf(bytes: Buffer): readonly string[] {
  const reader = new WireReader(bytes);
  const list: string[] = [];
  while (!reader.done) list.push(reader.text());
  return list;
}
