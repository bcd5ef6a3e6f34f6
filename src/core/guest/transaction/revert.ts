import type { FileChange } from '../../plan/changes.ts';
import { backendFor } from '../backends.ts';
import { invertConfigureGuest } from '../configureGuest.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { addressFunctions } from './functions.ts';
import { variables } from './paths.ts';

/**
 * The script that lies on the guest and puts it back as it was: addresses first, while their stanzas can still
 * be read, then each file by rename, then the default route where that is gone.
 */
export function undoScript(transaction: string, change: ConfigureGuest): string {
  const backend = backendFor(change.manager, change.interface);
  const inverse = invertConfigureGuest(change);
  return [
    'export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    variables(transaction, change),
    addressFunctions,
    backend.applyScript(inverse),
    'changed=',
    ...change.files.map((file, index) => restore(index, file)),
    `if [ -n "$changed" ]; then :\n${backend.reloadScript(inverse)}\nfi`,
    'while read -r route; do',
    '  [ -n "$(ip -4 route show default)" ] || ip -4 route add $route',
    'done < "$S/default-route"',
    '',
  ].join('\n');
}

function restore(index: number, { before, ownDirectory }: FileChange): string {
  const [file, candidate] = [`"$F${index}"`, `"$C${index}"`];
  const directory = `"\${F${index}%/*}"`;
  if (before === null) {
    const leave = ownDirectory === true ? `; rmdir ${directory} 2>/dev/null` : '';
    return `[ ! -e ${file} ] || changed=yes\nrm -f ${candidate} ${file}${leave}`;
  }
  return [
    ...(ownDirectory === true ? [`mkdir -p ${directory}`] : []),
    `if cmp -s "$S/${index}.orig" ${file}; then rm -f ${candidate}`,
    `else changed=yes; cp -a "$S/${index}.orig" ${candidate} && mv -f ${candidate} ${file}`,
    'fi',
  ].join('\n');
}

/** What the timer runs: it and the confirmation each rename `pending`, so that only one of them can win. */
export const revertScript = (transaction: string): string =>
  `S=/var/lib/ec2-multi-ip/${transaction}
mv "$S/pending" "$S/reverting" 2>/dev/null || exit 0
sh "$S/undo.sh" >"$S/undo.log" 2>&1
mv "$S/reverting" "$S/reverted"
`;
