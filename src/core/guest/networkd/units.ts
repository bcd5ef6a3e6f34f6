import { posix } from 'node:path';
import type { GuestFacts, GuestFile, GuestInterface } from '../facts.ts';
import { ownFileName } from '../fileEdits.ts';
import { textOf } from '../markers.ts';
import { linesOf } from '../textBlocks.ts';

/** The drop-in of ours to the unit that is in force for an interface. */
export function dropInOf(source: string): string {
  return `/etc/systemd/network/${posix.basename(source)}.d/${ownFileName}.conf`;
}

/** Whether networkd has an address in the unit of an interface, or in any drop-in to it. */
export function isInUnit(facts: GuestFacts, source: string, address: string): boolean {
  const key = new RegExp(`^[ \\t]*Address[ \\t]*=[ \\t]*${address.replaceAll('.', '\\.')}(?:/|\\s*$)`);
  return unitFiles(facts, source).some((file) => {
    let inside = false;
    return linesOf(textOf(file)).some((line) => {
      // Those of a neighbour or of a server are no addresses of the interface.
      const [, name] = /^[ \t]*\[([^\]]*)\]/.exec(line) ?? [];
      if (name !== undefined) inside = name === 'Address' || name === 'Network';
      return inside && key.test(line);
    });
  });
}

/** Our own drop-in, where it is there. */
export function ownDropIn(facts: GuestFacts, { source = '' }: GuestInterface): GuestFile | undefined {
  return facts.files.find(({ readAs }) => readAs === dropInOf(source));
}

function unitFiles({ files }: GuestFacts, source: string): GuestFile[] {
  const name = `${posix.basename(source)}.d`;
  return files.filter(({ readAs }) => readAs === source || posix.basename(posix.dirname(readAs)) === name);
}
