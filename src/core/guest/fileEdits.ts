import { posix } from 'node:path';
import type { FileChange } from '../plan/changes.ts';
import type { GuestFile } from './facts.ts';

/** How a file that is not there yet is made. */
export type Creation = Pick<FileChange, 'mode' | 'ownDirectory'>;

/** What every file begins with that is wholly ours, in whatever directory. */
export const ownFileName = '60-ec2-multi-ip';

/** Changes to files, gathered: each file once, with its bytes before and after. */
export class FileEdits {
  readonly #before: ReadonlyMap<string, Buffer>;
  readonly #after = new Map<string, Buffer>();
  readonly #creations = new Map<string, Creation>();

  constructor(files: readonly GuestFile[]) {
    this.#before = new Map(files.map(({ path, bytes }) => [path, bytes]));
  }

  /**
   * Changes a file's text (latin1: one character a byte); a file that is not there begins empty, and one of our
   * own that becomes empty is removed.
   */
  change(path: string, edit: (text: string) => string, creation: Creation = {}): void {
    const bytes = this.#after.get(path) ?? this.#before.get(path) ?? Buffer.alloc(0);
    this.#after.set(path, Buffer.from(edit(bytes.toString('latin1')), 'latin1'));
    this.#creations.set(path, creation);
  }

  /** What really changes. */
  changes(): FileChange[] {
    return [...this.#after].flatMap(([path, bytes]) => {
      const before = this.#before.get(path) ?? null;
      const after = bytes.length === 0 && (before === null || isOwnFile(path)) ? null : bytes;
      if (before === after || (before !== null && after !== null && before.equals(after))) return [];
      return [{ path, before: encode(before), after: encode(after), ...this.#creations.get(path) }];
    });
  }
}

/** Whether a file is wholly ours. */
export function isOwnFile(path: string): boolean {
  return /^\d+-ec2-multi-ip/.test(posix.basename(path));
}

function encode(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString('base64');
}
