import type { FileChange } from '../../plan/changes.ts';
import { backendFor } from '../backends.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { heldWord } from '../replaced.ts';
import { noteNetwork } from './before.ts';
import { beginScript } from './begin.ts';
import { printBytes } from './bytes.ts';
import { addressFunctions, keepFunction, stopTimer } from './functions.ts';
import { variables } from './paths.ts';
import { revertScript, undoScript } from './revert.ts';
import { routingScript } from './routing.ts';

/**
 * The first half: checks that nothing has changed since the plan was made, backs up, has the candidates
 * judged, arms the timer, and brings the addresses up. No file that the system reads is touched yet, so that a
 * reboot now finds everything as it was.
 *
 * Prints `ok`, or `refused` with a code, a subject and the tool's words, a line each.
 */
export function prepareScript(transaction: string, change: ConfigureGuest, revertSeconds: number): string {
  const backend = backendFor(change.manager, change.interface);
  return [
    variables(transaction, change),
    addressFunctions,
    keepFunction,
    stopTimer,
    beginScript,
    ...change.files.map(checkBefore),
    noteNetwork,
    store(JSON.stringify(change), 'change.json'),
    ...(change.reverts === undefined ? [] : [': > "$S/reverts"']),
    store(undoScript(transaction, change), 'undo.sh'),
    store(revertScript(transaction), 'revert.sh'),
    ': > "$S/preparing"',
    ...change.files.map(writeCandidate),
    backend.checkScript(change),
    ...change.files.map(keepCandidate),
    'keep "$S"/* "$S"',
    `mv "$S/preparing" "$S/pending"`,
    `arm_timer ${revertSeconds} || refuse notArmed "$S" ''`,
    backend.applyScript(change),
    routingScript(change),
    ...change.bringUp.map((entry) => {
      const word = heldWord(change, entry);
      return `has_address ${word} || refuse addressNotUp ${word} "$(cat "$S/errors" 2>/dev/null)"`;
    }),
    ...change.takeDown.map((entry) => {
      const word = heldWord(change, entry);
      return `has_address ${word} && refuse addressNotDown ${word} "$(cat "$S/errors" 2>/dev/null)"`;
    }),
    'echo ok',
  ].join('\n');
}

/** What the guest may need without us has to be there whole. */
function store(text: string, name: string): string {
  const bytes = Buffer.from(text);
  return `${printBytes(bytes)} > "$S/${name}" 2>/dev/null; whole "$S/${name}" ${bytes.length}`;
}

/** The file must still be what the plan was made from, and must let itself be replaced. */
function checkBefore({ before }: FileChange, index: number): string {
  const file = `"$F${index}"`;
  if (before === null) {
    return `[ ! -e ${file} ] || refuse fileChanged ${file}`;
  }
  const bytes = Buffer.from(before, 'base64');
  return [
    `${printBytes(bytes)} > "$S/${index}.before" 2>/dev/null; whole "$S/${index}.before" ${bytes.length}`,
    `cmp -s "$S/${index}.before" ${file} || refuse fileChanged ${file}`,
    `problem=$( { true >> ${file}; } 2>&1 ) || refuse fileNotWritable ${file} "$problem"`,
    `problem=$(cp -a ${file} "$S/${index}.orig" 2>&1) || refuse fileNotWritable "$S" "$problem"`,
  ].join('\n');
}

/** Copies the file with its owner, mode and context, and writes the new content into the copy. */
function writeCandidate({ before, after, mode, ownDirectory }: FileChange, index: number): string {
  if (after === null) return ':';
  const bytes = Buffer.from(after, 'base64');
  const [file, candidate] = [`"$F${index}"`, `"$C${index}"`];
  const create = before === null ? createScript(index, mode, ownDirectory) : `cp -a ${file} ${candidate}`;
  return [
    `problem=$(${create} 2>&1) || refuse fileNotWritable ${file} "$problem"`,
    `problem=$( { ${printBytes(bytes)} > ${candidate}; } 2>&1 ) || refuse fileNotWritable ${file} "$(why_full ${candidate} "$problem")"`,
    `[ "$(wc -c < ${candidate})" -eq ${bytes.length} ] || refuse fileNotWritable ${file} 'No space left'`,
  ].join('\n');
}

function createScript(index: number, mode = '644', ownDirectory = false): string {
  const candidate = `"$C${index}"`;
  const make = ownDirectory ? `mkdir -p "\${C${index}%/*}" && ` : '';
  return `{ umask 022; ${make}true > ${candidate} && chmod ${mode} ${candidate}; }`;
}

/** Between the halves the new content waits with the backup, so that a crash leaves nothing in /etc. */
function keepCandidate({ before, after, ownDirectory }: FileChange, index: number): string {
  if (after === null) return ':';
  const leave = ownDirectory === true && before === null ? `\nrmdir "\${C${index}%/*}" 2>/dev/null` : '';
  return `problem=$( { cp -a "$C${index}" "$S/${index}.after" && rm -f "$C${index}"; } 2>&1 ) || refuse fileNotWritable "$S" "$problem"${leave}`;
}
