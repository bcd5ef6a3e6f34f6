import { posix } from 'node:path';
import { shellQuote } from '../../base/quoting.ts';
import type { ConfigureGuest } from '../configureGuest.ts';

/** Where transactions keep their backups and state; never in a directory that a network manager reads. */
export const stateRoot = '/var/lib/ec2-multi-ip';

/**
 * Shell variables of a transaction: S its directory, R the beginning of names of process ids, which a reboot is
 * to forget, IF the interface, F0, F1, … the files and C0, C1, … the candidates beside them, with names that no
 * include takes.
 */
export function variables(transaction: string, change: ConfigureGuest): string {
  return [
    ...stateVariables(transaction),
    `IF=${shellQuote(change.interface)}`,
    ...change.files.flatMap(({ path }, index) => [
      `F${index}=${shellQuote(path)}`,
      `C${index}=${shellQuote(candidatePath(path, transaction))}`,
    ]),
  ].join('\n');
}

/** The variables of a transaction that do not depend on what it changes. */
export function stateVariables(transaction: string): string[] {
  return [
    `TX=${shellQuote(transaction)}`,
    `S=${shellQuote(`${stateRoot}/${transaction}`)}`,
    `R=${shellQuote(`/run/ec2-multi-ip-${transaction}`)}`,
  ];
}

function candidatePath(path: string, transaction: string): string {
  return posix.join(posix.dirname(path), `.${posix.basename(path)}.${transaction}`);
}
