import type { GuestBackend } from '../backend.ts';
import { ifupdown } from '../ifupdown/backend.ts';
import { runTimeScript } from '../runTime.ts';

/**
 * ifupdown2: the files of ifupdown, read by a program of its own.
 *
 * It ends with 0 whatever it finds, so that its words are what counts; and it finds no interfaces in a file with
 * nothing but aliases.
 */
export const ifupdown2: GuestBackend = {
  ...ifupdown,
  manager: 'ifupdown2',
  // The family reads the same files, and one reading is enough.
  readScript: '',
  checkScript: ({ files }) =>
    files
      .map(({ path, after }, index) =>
        after === null || path.endsWith('/hosts')
          ? ':'
          : `ifquery -i "$C${index}" --list >"$S/complaints" 2>&1
! grep 'error:' "$S/complaints" | grep -qv 'no ifaces found' || refuse candidateRefused "$F${index}" "$(cat "$S/complaints")"`,
      )
      .join('\n'),
  applyScript: runTimeScript,
  settleScript: () => ':',
  reloadScript: () => 'ifreload -a >"$S/errors" 2>&1',
};
