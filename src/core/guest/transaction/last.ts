import { CoreError } from '../../base/errors.ts';
import type { GuestOperation, GuestShell } from '../../ssh/shell.ts';
import { invertConfigureGuest } from '../configureGuest.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { stateRoot } from './paths.ts';

const script = `
for mark in $(ls -t ${stateRoot}/*/confirmed 2>/dev/null); do
  S=\${mark%/*}
  [ -e "$S/reverts" ] || [ ! -s "$S/change.json" ] && continue
  echo "\${S##*/}"
  cat "$S/change.json"
  exit 0
done
`;

/** Reads the newest change that was confirmed and not taken back, whoever made it; changes nothing. */
const readLast: GuestOperation<ConfigureGuest | undefined> = {
  name: 'look for the last network change',
  script,
  asRoot: true,
  parse: ({ stdout }) => {
    const text = stdout.toString('utf8');
    const end = text.indexOf('\n');
    return end < 0 ? undefined : revertOf(text.slice(0, end), JSON.parse(text.slice(end + 1)));
  },
};

/** The change that takes the guest's last one back. Throws `guest.nothingToRevert`. */
export async function lastChangeReverted(shell: GuestShell, signal: AbortSignal): Promise<ConfigureGuest> {
  const change = await shell.run(readLast, { signal });
  if (change === undefined) throw new CoreError('guest.nothingToRevert', { host: shell.host });
  return change;
}

function revertOf(transaction: string, recorded: unknown): ConfigureGuest {
  // Only root could have written it there, and it is checked against the files before it is applied.
  return { ...invertConfigureGuest(recorded as ConfigureGuest), reverts: transaction };
}
