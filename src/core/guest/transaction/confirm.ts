import { shellQuote } from '../../base/quoting.ts';
import type { FileChange } from '../../plan/changes.ts';
import { backendFor } from '../backends.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { keepFunction, stopTimer } from './functions.ts';
import { stateRoot, variables } from './paths.ts';

/**
 * The second half, over a connection that was made after the addresses came up: takes the change from the
 * timer, puts the files in place by rename, and has the manager find what they say.
 *
 * The timer runs until all is in place, so that what is cut off in between is taken back. Prints `ok`,
 * `reverted` where the timer was first, or `refused` as the first half does.
 */
export function confirmScript(transaction: string, change: ConfigureGuest): string {
  const backend = backendFor(change.manager, change.interface);
  const files = change.files.map((_, index) => `"$F${index}"`);
  const { reverts } = change;
  return [
    variables(transaction, change),
    stopTimer,
    keepFunction,
    prologue,
    ...change.files.map(putInPlace),
    ...(files.length === 0 ? [] : [`for file in ${files.join(' ')}; do keep "\${file%/*}"; done`]),
    backend.settleScript(change),
    'mv "$S/confirming" "$S/confirmed"',
    'keep "$S"',
    'stop_timer',
    ...(reverts === undefined
      ? []
      : [
          `mv ${shellQuote(`${stateRoot}/${reverts}`)}/confirmed ${shellQuote(`${stateRoot}/${reverts}`)}/reverted 2>/dev/null`,
        ]),
    `rm -f "$R.owner" "$S"/*.before "$S"/*.after "$S/aliases" "$S/errors" "$S/complaints" "$S/known"`,
    'echo ok',
  ].join('\n');
}

const prologue = `
refuse() {
  mv "$S/confirming" "$S/reverting"
  sh "$S/undo.sh" >"$S/undo.log" 2>&1
  mv "$S/reverting" "$S/reverted"
  stop_timer
  printf 'refused\\n%s\\n%s\\n%s\\n' "$1" "$2" "$3"
  exit 0
}
if [ -e "$S/confirmed" ]; then echo ok; exit 0; fi
echo $$ > "$R.owner"
mv "$S/pending" "$S/confirming" 2>/dev/null || { echo reverted; exit 0; }
`;

function putInPlace({ before, after }: FileChange, index: number): string {
  const [file, candidate] = [`"$F${index}"`, `"$C${index}"`];
  const unchanged =
    before === null
      ? `[ ! -e ${file} ] || refuse fileChanged ${file}`
      : `cmp -s "$S/${index}.before" ${file} || refuse fileChanged ${file}`;
  const move =
    after === null
      ? `rm -f ${file}`
      : `cp -a "$S/${index}.after" ${candidate} && keep ${candidate} && mv -f ${candidate} ${file}`;
  return `${unchanged}\nproblem=$( { ${move}; } 2>&1 ) || refuse fileNotWritable ${file} "$problem"`;
}
