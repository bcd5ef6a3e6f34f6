import type { GuestFacts, GuestInterface, LiveAddress } from '../../../src/core/guest/facts.ts';
import type { FileChange } from '../../../src/core/plan/changes.ts';

/** The facts of a guest whose files are given as text, one character a byte. */
export function guestWith(
  files: Readonly<Record<string, string>>,
  changes: Partial<Omit<GuestFacts, 'files'>> & { readonly live?: readonly LiveAddress[] } = {},
): GuestFacts {
  const { live = [], ...rest } = changes;
  const eth0: GuestInterface = {
    name: 'eth0',
    mac: '02:00:00:00:00:64',
    manager: 'ifupdown',
    addresses: [{ address: '192.168.1.100', prefixLength: 24, label: 'eth0', dynamic: true }, ...live],
  };
  return {
    hostname: 'ip-192-168-1-100',
    hostnameResolves: true,
    rules: '',
    interfaces: [eth0],
    directories: [],
    ...rest,
    files: Object.entries(files).map(([path, text]) => ({
      path,
      readAs: path,
      bytes: Buffer.from(text, 'latin1'),
    })),
  };
}

/** A file after a change, as text, one character a byte. */
export function after(change: FileChange | undefined): string | undefined {
  return change?.after === undefined || change.after === null
    ? undefined
    : Buffer.from(change.after, 'base64').toString('latin1');
}
