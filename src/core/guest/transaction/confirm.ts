import type { FileChange } from '../../plan/changes.ts';
import { backendFor } from '../backends.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { stopTimer } from './functions.ts';
import { variables } from './paths.ts';

/**
 * The second half, over a connection that was made after the addresses came up: takes the change from the
 * timer, puts the files in place by rename, and has the manager find what they say.
 *
 * Prints `ok`, `reverted` where the timer was first, or `refused` as the first half does.
 */
export function confirmScript(transaction: string, change: ConfigureGuest): string {
  const backend = backendFor(change.manager, change.interface);
  return [
    variables(transaction, change),
    stopTimer,
    prologue,
    ...change.files.map(putInPlace),
    backend.settleScript(change),
    `rm -f "$S"/*.before "$S"/*.after "$S/aliases" "$S/errors" "$S/complaints" "$S/known"`,
    'echo ok',
  ].join('\n');
}

const prologue = `
refuse() {
  sh "$S/undo.sh" >"$S/undo.log" 2>&1
  mv "$S/confirmed" "$S/reverted"
  printf 'refused\\n%s\\n%s\\n%s\\n' "$1" "$2" "$3"
  exit 0
}
if [ -e "$S/confirmed" ]; then echo ok; exit 0; fi
mv "$S/pending" "$S/confirmed" 2>/dev/null || { echo reverted; exit 0; }
stop_timer
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
      : `cp -a "$S/${index}.after" ${candidate} && { sync ${candidate} 2>/dev/null || sync; } && mv -f ${candidate} ${file}`;
  return `${unchanged}\nproblem=$( { ${move}; } 2>&1 ) || refuse fileNotWritable ${file} "$problem"`;
}
