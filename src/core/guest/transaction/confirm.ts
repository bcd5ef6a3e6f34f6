import { shellQuote } from '../../base/quoting.ts';
import type { FileChange } from '../../plan/changes.ts';
import { backendFor } from '../backends.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { heldWord } from '../replaced.ts';
import { addressFunctions, keepFunction, stopTimer } from './functions.ts';
import { stateRoot, variables } from './paths.ts';
import { hasRule } from './routing.ts';

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
    addressFunctions,
    keepFunction,
    prologue,
    isGone,
    ...change.files.map(putInPlace),
    ...(files.length === 0 ? [] : [`for file in ${files.join(' ')}; do keep "\${file%/*}"; done`]),
    reload(backend.reloadScript(change), change),
    ...change.bringUp.map((entry) => awaitWord(heldWord(change, entry), 'has_address', 'addressNotUp')),
    ...change.takeDown.map((entry) => awaitWord(heldWord(change, entry), 'is_gone', 'addressNotDown')),
    ...awaitRules(change),
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

// What a lease brings back, once a file of ours has gone that took its place, is not ours.
const isGone = `is_gone() {
  case $1 in */*) ! has_address "$1" ;; *) ! ip -o -4 addr show dev "$IF" | grep -v ' dynamic ' | grep -qF " inet $1/" ;; esac
}`;

const prologue = `
refuse() {
  mv "$S/confirming" "$S/reverting"
  sh "$S/undo.sh" >"$S/undo.log" 2>&1
  mv "$S/reverting" "$S/reverted"
  rm -f "$R.owner"
  stop_timer
  printf 'refused\\n%s\\n%s\\n%s\\n' "$1" "$2" "$3"
  exit 0
}
if [ -e "$S/confirmed" ]; then echo ok; exit 0; fi
echo $$ > "$R.owner"
mv "$S/pending" "$S/confirming" 2>/dev/null || { rm -f "$R.owner"; echo reverted; exit 0; }
`;

/** What was live before stays live: a manager may drop and lease the primary address anew meanwhile. */
function reload(script: string, { takeDown }: ConfigureGuest): string {
  if (script === '') return ':';
  const leaving = takeDown.map(({ address }) => shellQuote(address)).join('|');
  return `live=$(ip -o -4 addr show dev "$IF" | sed -n 's/.* inet \\([0-9.]*\\).*/\\1/p')
${script}
tries=0
for address in $live; do
  ${leaving === '' ? '' : `case $address in ${leaving}) continue ;; esac\n`}${waitFor('has_address', '"$address"', 'addressNotUp')}
done`;
}

/** A manager that reads its files again may take a moment until the address is there again, or gone. */
function awaitWord(word: string, test: string, code: string): string {
  return `tries=0\n${waitFor(test, word, code)}`;
}

/** A manager may throw the rules of others away when it reads its files again; then its own have to come. */
function awaitRules({ routing }: ConfigureGuest): readonly string[] {
  if (routing === undefined) return [];
  return [
    hasRule(routing.table),
    ...routing.add.map((address) => awaitWord(shellQuote(address), 'has_rule', 'ruleMissing')),
  ];
}

function waitFor(test: string, word: string, code: string): string {
  return `until ${test} ${word}; do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || refuse ${code} ${word} "$(cat "$S/errors" 2>/dev/null)"
  sleep 0.1 2>/dev/null || sleep 1
done`;
}

function putInPlace({ before, after, ownDirectory }: FileChange, index: number): string {
  const [file, candidate] = [`"$F${index}"`, `"$C${index}"`];
  const unchanged =
    before === null
      ? `[ ! -e ${file} ] || refuse fileChanged ${file}`
      : `cmp -s "$S/${index}.before" ${file} || refuse fileChanged ${file}`;
  const move =
    after === null
      ? `rm -f ${file}${ownDirectory === true ? ` && { rmdir "\${F${index}%/*}" 2>/dev/null || :; }` : ''}`
      : `${ownDirectory === true ? `mkdir -p "\${F${index}%/*}" && ` : ''}cp -a "$S/${index}.after" ${candidate} && keep ${candidate} && mv -f ${candidate} ${file}`;
  return `${unchanged}\nproblem=$( { ${move}; } 2>&1 ) || refuse fileNotWritable ${file} "$problem"`;
}
