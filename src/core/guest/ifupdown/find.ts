import type { Option, Stanza } from './statements.ts';
import type { Tree, TreeFile } from './tree.ts';

/** Where an address stands in the files, and what that makes of it. */
export interface ConfiguredAddress {
  readonly address: string;
  readonly in: TreeFile;
  readonly stanza: Stanza;
  /** `command` is an `up ip addr add …` inside any stanza. */
  readonly by: 'stanza' | 'command';
  readonly prefixLength: number;
  /** Whether something brings the stanza up at boot. */
  readonly started: boolean;
}

/** Finds an address under any label, in any file, in the by-hand form or as a command; comments do not count. */
export function findAddress(tree: Tree, address: string): ConfiguredAddress | undefined {
  const started = new Set(tree.files.flatMap(({ content }) => content.started));
  for (const file of tree.files) {
    for (const stanza of file.content.stanzas) {
      const found = inStanza(stanza, address);
      if (found === undefined) continue;
      return { address, in: file, stanza, ...found, started: started.has(stanza.name) };
    }
  }
  return undefined;
}

function inStanza(
  stanza: Stanza,
  address: string,
): Pick<ConfiguredAddress, 'by' | 'prefixLength'> | undefined {
  for (const option of stanza.options) {
    if (option.name === 'address') {
      const [value, prefix] = option.value.split('/');
      if (value === address) return { by: 'stanza', prefixLength: prefixOf(prefix, stanza.options) };
    }
    if (['up', 'post-up', 'pre-up'].includes(option.name)) {
      const match = addedBy(option.value, address);
      if (match !== undefined) return { by: 'command', prefixLength: match };
    }
  }
  return undefined;
}

function addedBy(command: string, address: string): number | undefined {
  const literal = address.replaceAll('.', '\\.');
  const match =
    new RegExp(
      `\\bip\\b[^;&|]*\\sa(?:ddr|ddress)?\\s+(?:a|add|replace|change|append)\\s+(?:local\\s+)?${literal}(?:/(\\d+))?(?![\\d.])`,
    ).exec(command) ?? new RegExp(`\\bifconfig\\b[^;&|]*\\s${literal}(?:/(\\d+))?(?![\\d.])`).exec(command);
  return match === null ? undefined : Number(match[1] ?? 32);
}

/** The prefix of a static address: its own, else that of `netmask`, else 32. */
function prefixOf(prefix: string | undefined, options: readonly Option[]): number {
  const value = prefix ?? options.find(({ name }) => name === 'netmask')?.value ?? '32';
  if (/^\d{1,2}$/.test(value)) return Number(value);
  return value.split('.').reduce((bits, part) => bits + ones(Number(part)), 0);
}

function ones(byte: number): number {
  return byte.toString(2).replaceAll('0', '').length;
}
