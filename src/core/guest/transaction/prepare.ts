import { shellQuote } from '../../base/quoting.ts';
import type { FileChange } from '../../plan/changes.ts';
import { backendFor } from '../backends.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { printBytes } from './bytes.ts';
import { addressFunctions, stopTimer } from './functions.ts';
import { stateRoot, variables } from './paths.ts';
import { revertScript, undoScript } from './revert.ts';

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
    stopTimer,
    forgetCandidates(change),
    prologue,
    ...change.files.map(checkBefore),
    ...change.files.map(writeCandidate),
    backend.checkScript(change),
    ...change.files.map(keepCandidate),
    'ip -4 route show default > "$S/default-route"',
    `${printBytes(Buffer.from(undoScript(transaction, change)))} > "$S/undo.sh"`,
    `${printBytes(Buffer.from(revertScript(transaction)))} > "$S/revert.sh"`,
    armTimer(revertSeconds),
    'armed=yes',
    backend.applyScript(change),
    ...change.bringUp.map(({ address }) => {
      const word = shellQuote(address);
      return `has_address ${word} || refuse addressNotUp ${word} "$(cat "$S/errors" 2>/dev/null)"`;
    }),
    ...change.takeDown.map(({ address }) => {
      const word = shellQuote(address);
      return `has_address ${word} && refuse addressNotDown ${word} "$(cat "$S/errors" 2>/dev/null)"`;
    }),
    'echo ok',
  ].join('\n');
}

const prologue = `
armed=
refuse() {
  if [ -n "$armed" ]; then sh "$S/revert.sh"; stop_timer; fi
  forget_candidates
  [ -n "$armed" ] || rm -rf "$S"
  printf 'refused\\n%s\\n%s\\n%s\\n' "$1" "$2" "$3"
  exit 0
}
umask 077
if [ -e "$S/confirmed" ]; then echo done; exit 0; fi
# Left by a run that was never confirmed, perhaps before a reboot: begin again from what was.
[ -e "$S/pending" ] && sh "$S/revert.sh" && stop_timer
rm -rf "$S"
problem=$(mkdir -p ${stateRoot} 2>&1 && mkdir "$S" 2>&1) || {
  printf 'refused\\nfileNotWritable\\n%s\\n%s\\n' "$S" "$problem"
  exit 0
}
`;

/** Shell that removes the candidates. */
export function forgetCandidates({ files }: ConfigureGuest): string {
  const candidates = files.map((_, index) => `"$C${index}"`).join(' ');
  const made = files.flatMap(({ before, ownDirectory }, index) =>
    before === null && ownDirectory === true ? [`rmdir "\${C${index}%/*}" 2>/dev/null`] : [],
  );
  return `forget_candidates() { ${[`rm -f ${candidates}`, ...made].join('; ')}; }`;
}

/** The file must still be what the plan was made from, and must let itself be replaced. */
function checkBefore({ before }: FileChange, index: number): string {
  const file = `"$F${index}"`;
  if (before === null) {
    return `[ ! -e ${file} ] || refuse fileChanged ${file}`;
  }
  return [
    `${printBytes(Buffer.from(before, 'base64'))} > "$S/${index}.before" || refuse fileNotWritable "$S" 'No space left'`,
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
    `problem=$( { ${printBytes(bytes)} > ${candidate}; } 2>&1 ) || refuse fileNotWritable ${file} "$problem"`,
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

/** A timer outside this session: it has to fire although the connection, or we, are gone. */
function armTimer(seconds: number): string {
  return `: > "$S/pending"
systemd-run --quiet --unit="ec2-multi-ip-$TX" --on-active=${seconds} --timer-property=AccuracySec=100ms /bin/sh "$S/revert.sh" >/dev/null 2>&1 ||
  setsid sh -c 'echo $$ > "$1/timer"; sleep '${seconds}'; exec sh "$1/revert.sh"' sh "$S" </dev/null >/dev/null 2>&1 &`;
}
