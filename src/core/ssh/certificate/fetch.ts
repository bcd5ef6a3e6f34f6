import { createECDH, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { WireReader, wire } from '../wire.ts';
import { Packets } from './packets.ts';

/** The certificates that OpenSSH asks for by default, in its order, as far as we can read them. */
const CERTIFICATES = [
  'ssh-ed25519-cert-v01@openssh.com',
  'ecdsa-sha2-nistp256-cert-v01@openssh.com',
  'ecdsa-sha2-nistp384-cert-v01@openssh.com',
  'ecdsa-sha2-nistp521-cert-v01@openssh.com',
  'rsa-sha2-512-cert-v01@openssh.com',
  'rsa-sha2-256-cert-v01@openssh.com',
];

/** A public key of ours for each key exchange; nobody will use what comes of it. */
const exchanges: Readonly<Record<string, () => Buffer>> = {
  'curve25519-sha256': () => randomBytes(32),
  'curve25519-sha256@libssh.org': () => randomBytes(32),
  'ecdh-sha2-nistp256': () => createECDH('prime256v1').generateKeys(),
};

const [DISCONNECT, KEXINIT, ECDH_INIT, ECDH_REPLY] = [1, 20, 30, 31];

/** Where a host is to be asked; a stream that leads there already, or an address. */
export type Place = Duplex | { readonly host: string; readonly port: number };

/**
 * Asks a host for the certificate of its key, which it shows to everybody before anything is encrypted; the
 * connection ends then. ssh2 cannot ask for one.
 *
 * Nothing is proven by that: whoever answers may have copied it. Resolves `undefined` where the host has none, or
 * speaks in a way that a connection in earnest will tell better; rejects with the signal's reason.
 */
export async function fetchCertificate(place: Place, signal: AbortSignal): Promise<Buffer | undefined> {
  signal.throwIfAborted();
  const stream = 'host' in place ? connect(place) : place;
  const end = () => stream.destroy();
  signal.addEventListener('abort', end, { once: true });
  stream.on('error', () => undefined);
  try {
    return await ask(stream);
  } catch {
    return undefined;
  } finally {
    signal.removeEventListener('abort', end);
    stream.destroy();
    signal.throwIfAborted();
  }
}

async function ask(stream: Duplex): Promise<Buffer | undefined> {
  const packets = new Packets(stream);
  stream.write('SSH-2.0-EC2-Multi-IP\r\n');
  await packets.version();
  const { theirExchanges, theirHostKeys } = readOffer(await next(packets, KEXINIT));
  const exchange = Object.keys(exchanges).find((name) => theirExchanges.includes(name));
  const publicKey = exchanges[exchange ?? '']?.();
  if (publicKey === undefined || !theirHostKeys.some((name) => CERTIFICATES.includes(name))) return undefined;
  packets.send(offer());
  packets.send(Buffer.concat([Buffer.from([ECDH_INIT]), wire([publicKey])]));
  const reply = new WireReader(await next(packets, ECDH_REPLY));
  reply.take(1);
  return Buffer.from(reply.string());
}

/** The next message of a kind; what else a server says in between is of no matter here, but for its farewell. */
async function next(packets: Packets, kind: number): Promise<Buffer> {
  for (;;) {
    const message = await packets.next();
    if (message[0] === kind) return message;
    if (message[0] === DISCONNECT) throw new Error('the host took leave');
  }
}

function readOffer(message: Buffer): {
  readonly theirExchanges: readonly string[];
  readonly theirHostKeys: readonly string[];
} {
  const reader = new WireReader(message);
  reader.take(1 + 16);
  const list = () => reader.text().split(',');
  return { theirExchanges: list(), theirHostKeys: list() };
}

function offer(): Buffer {
  const ciphers = 'aes128-ctr,aes256-ctr,aes128-gcm@openssh.com';
  const macs = 'hmac-sha2-256,hmac-sha2-512,hmac-sha2-256-etm@openssh.com';
  const lists = [Object.keys(exchanges).join(','), CERTIFICATES.join(',')];
  const both = [ciphers, macs, 'none', ''].flatMap((list) => [list, list]);
  // No guess follows, and a number is reserved.
  return Buffer.concat([Buffer.from([KEXINIT]), randomBytes(16), wire([...lists, ...both]), Buffer.alloc(5)]);
}
