import type { Duplex } from 'node:stream';

/** More than any greeting and key exchange takes, certificates with many names included. */
const MOST = 256 * 1024;

/** SSH's messages before anything is encrypted; throws where the stream ends, or says more than a host would. */
export class Packets {
  readonly #stream: Duplex;
  readonly #chunks: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);
  #total = 0;

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.#chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** Reads up to the line that tells the server's version; others may come before. */
  async version(): Promise<void> {
    for (;;) {
      const end = this.#pending.indexOf(10);
      if (end < 0) {
        await this.#more();
        continue;
      }
      const line = this.#pending.subarray(0, end).toString('latin1');
      this.#pending = this.#pending.subarray(end + 1);
      if (line.startsWith('SSH-')) return;
    }
  }

  /** What the next message holds, its number first. */
  async next(): Promise<Buffer> {
    const length = (await this.#peek(4)).readUInt32BE();
    if (length < 2 || length > MOST) throw new Error('that is no message of SSH');
    const packet = await this.#peek(4 + length);
    this.#pending = this.#pending.subarray(4 + length);
    return packet.subarray(5, packet.length - (packet[4] ?? 0));
  }

  /** Sends a message, filled up to a multiple of eight bytes. */
  send(payload: Buffer): void {
    const padding = 4 + 8 - ((payload.length + 9) % 8);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(1 + payload.length + padding);
    head[4] = padding;
    this.#stream.write(Buffer.concat([head, payload, Buffer.alloc(padding)]));
  }

  async #peek(length: number): Promise<Buffer> {
    while (this.#pending.length < length) await this.#more();
    return this.#pending.subarray(0, length);
  }

  async #more(): Promise<void> {
    const chunk = await this.#chunks.next();
    if (chunk.done === true) throw new Error('the host says no more');
    this.#total += chunk.value.length;
    if (this.#total > MOST) throw new Error('the host says too much');
    this.#pending = Buffer.concat([this.#pending, chunk.value]);
  }
}
