import type { FileChange } from '../plan/changes.ts';
import type { GuestFile } from './facts.ts';

/** Changes to files, gathered: each file once, with its bytes before and after. */
export class FileEdits {
  readonly #before: ReadonlyMap<string, Buffer>;
  readonly #after = new Map<string, Buffer>();

  constructor(files: readonly GuestFile[]) {
    this.#before = new Map(files.map(({ path, bytes }) => [path, bytes]));
  }

  /** Changes a file's text (latin1: one character a byte); a file that is not there begins empty. */
  change(path: string, edit: (text: string) => string): void {
    const bytes = this.#after.get(path) ?? this.#before.get(path) ?? Buffer.alloc(0);
    this.#after.set(path, Buffer.from(edit(bytes.toString('latin1')), 'latin1'));
  }

  /** What really changes. */
  changes(): FileChange[] {
    return [...this.#after].flatMap(([path, after]) => {
      const before = this.#before.get(path);
      if (before?.equals(after) === true) return [];
      return [{ path, before: before?.toString('base64') ?? null, after: after.toString('base64') }];
    });
  }
}
