import { shellQuote } from '../../base/quoting.ts';
import type { GuestBackend } from '../backend.ts';
import { ifupdown } from '../ifupdown/backend.ts';
import { needPrograms } from '../programs.ts';
import { runTimeScript } from '../runTime.ts';

/** ifupdown-ng: the files of ifupdown, read by a program that rejects nothing; so its answers are compared. */
export const ifupdownNg: GuestBackend = {
  ...ifupdown,
  manager: 'ifupdown-ng',
  // The family reads the same files, and one reading is enough.
  readScript: '',
  checkScript: ({ files, bringUp }) =>
    [
      needPrograms({ files }, 'ifquery', 'ifup'),
      ...files.map(({ path, after }, index) =>
        after === null || path.endsWith('/hosts')
          ? ':'
          : bringUp
              .flatMap(({ label, address }) =>
                label === undefined
                  ? []
                  : [
                      `ifquery -i "$C${index}" ${shellQuote(label)} 2>&1 | grep -qF ${shellQuote(address)} || refuse candidateRefused "$F${index}" "$(ifquery -i "$C${index}" ${shellQuote(label)} 2>&1)"`,
                    ],
              )
              .join('\n'),
      ),
    ].join('\n'),
  applyScript: runTimeScript,
  settleScript: () => ':',
  reloadScript: () => '',
};
