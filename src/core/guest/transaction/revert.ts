import type { FileChange } from '../../plan/changes.ts';
import { backendFor } from '../backends.ts';
import { invertConfigureGuest } from '../configureGuest.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { restoreFirewall, restoreNetwork } from './before.ts';
import { addressFunctions, keepFunction } from './functions.ts';
import { stateVariables, variables } from './paths.ts';
import { routingScript } from './routing.ts';

/**
 * The script that lies on the guest and puts it back as it was: addresses first, while their stanzas can still
 * be read, then each file by rename, then whatever else of the network is not as it was. Run twice it does no
 * more than once.
 */
export function undoScript(transaction: string, change: ConfigureGuest): string {
  const backend = backendFor(change.manager, change.interface);
  const inverse = invertConfigureGuest(change);
  return [
    'export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    variables(transaction, change),
    addressFunctions,
    keepFunction,
    backend.applyScript(inverse),
    routingScript(inverse),
    'changed=',
    ...change.files.map(restore),
    `[ -z "$changed" ] || {\n:\n${backend.reloadScript(inverse)}\n}`,
    restoreNetwork,
    '[ "${1-}" != timer ] || {',
    restoreFirewall,
    '}',
    '',
  ].join('\n');
}

/** Only what is still as we put it: somebody may have changed it since, where a crash left this undone. */
function restore({ before, after, ownDirectory }: FileChange, index: number): string {
  const [file, candidate] = [`"$F${index}"`, `"$C${index}"`];
  const directory = `"\${F${index}%/*}"`;
  const isOurs = after === null ? `[ ! -e ${file} ]` : `cmp -s "$S/${index}.after" ${file}`;
  const putBack =
    before === null
      ? `rm -f ${file}`
      : `{ ${ownDirectory === true ? `mkdir -p ${directory}; ` : ''}cp -a "$S/${index}.orig" ${candidate} && keep ${candidate} && mv -f ${candidate} ${file}; }`;
  const leave = ownDirectory === true ? `\nrmdir ${directory} 2>/dev/null` : '';
  return `rm -f ${candidate}\n${isOurs} && changed=yes && ${putBack}${leave}`;
}

/**
 * What takes a transaction back, with the argument `timer` where the timer runs it. It and the confirmation
 * each rename `pending`, so that only one of them can win. A confirmation that is at work may finish; what one
 * left that was cut off, or a revert or a first half that was, is taken back whenever this runs.
 */
export const revertScript = (transaction: string): string =>
  `${stateVariables(transaction).join('\n')}
# From here on nobody stops it by its timer.
[ "\${1-}" != timer ] || mv "$R.timer" "$R.reverting" 2>/dev/null
trap 'rm -f "$R.reverting"' 0
tries=0
while [ -e "$S/confirming" ] && kill -0 "$(cat "$R.owner" 2>/dev/null)" 2>/dev/null && [ $tries -lt 60 ]; do
  sleep 1
  tries=$((tries + 1))
done
[ -e "$S/reverting" ] || {
  mv "$S/pending" "$S/reverting" || mv "$S/confirming" "$S/reverting" || mv "$S/preparing" "$S/reverting"
} 2>/dev/null || exit 0
sh "$S/undo.sh" "$@" >"$S/undo.log" 2>&1
mv "$S/reverting" "$S/reverted"
rm -f "$R.owner"
`;
