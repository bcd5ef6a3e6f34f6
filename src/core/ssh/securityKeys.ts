import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { keyType } from './knownHosts.ts';
import { WireReader } from './wire.ts';

const [REQUEST_IDENTITIES, IDENTITIES_ANSWER] = [11, 12];

/** More than any agent has. */
const MOST = 256 * 1024;

/**
 * What an agent calls its keys that are on security keys; ssh2 does not even tell that they are there. Empty where
 * the agent does not answer.
 */
export async function securityKeysOf(agent: string): Promise<readonly string[]> {
  const socket = connect(agent);
  socket.setTimeout(2000, () => socket.destroy(new Error('the agent does not answer')));
  try {
    socket.write(Buffer.from([0, 0, 0, 1, REQUEST_IDENTITIES]));
    const answer = new WireReader(await messageOf(socket));
    if (answer.take(1)[0] !== IDENTITIES_ANSWER) return [];
    const keys = Array.from({ length: answer.uint32() }, () => [answer.string(), answer.text()] as const);
    return keys.flatMap(([key, comment]) => (keyType(key).startsWith('sk-') ? comment || keyType(key) : []));
  } catch {
    return [];
  } finally {
    socket.destroy();
  }
}

async function messageOf(socket: Socket): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    const length = bytes.length < 4 ? MOST : bytes.readUInt32BE();
    if (bytes.length >= 4 + length) return bytes.subarray(4, 4 + length);
    if (bytes.length > MOST) break;
  }
  throw new Error('the agent says too little, or too much');
}
