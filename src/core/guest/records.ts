/** What a reading script wrote: a kind and its decoded values a line. */
export interface GuestRecord {
  readonly kind: string;
  readonly values: readonly Buffer[];
}

/** Reads the records of a reading script. */
export function parseRecords(stdout: Buffer): GuestRecord[] {
  return stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [kind = '', ...values] = line.split(' ');
      return { kind, values: values.map(decode) };
    });
}

const encodings: Readonly<Record<string, BufferEncoding>> = { b: 'base64', x: 'hex', p: 'latin1' };

function decode(value: string): Buffer {
  return Buffer.from(value.slice(2), encodings[value.charAt(0)] ?? 'base64');
}
