import { posix } from 'node:path';
import { CoreError } from '../../base/errors.ts';
import type { GuestBackend, Wanted } from '../backend.ts';
import type { GuestAddress, GuestFacts, GuestFile, GuestInterface } from '../facts.ts';
import { isOwnFile } from '../fileEdits.ts';
import type { FileEdits } from '../fileEdits.ts';
import { liveAmong, markedAddresses, plainAddress, textOf } from '../markers.ts';
import { needPrograms } from '../programs.ts';
import { runTimeScript } from '../runTime.ts';
import { addToKeyfile, isInKeyfile, removeFromKeyfile, takesAddresses } from './keyfile.ts';

const directory = '/etc/NetworkManager/system-connections';

/**
 * NetworkManager: the profile that is active on the interface, changed as text, because `nmcli` would write the whole
 * profile anew and lose its comments.
 */
export const networkManager: GuestBackend = {
  manager: 'NetworkManager',
  readScript: `
for path in ${directory}/* /run/NetworkManager/system-connections/*; do emit_file "$path"; done
`,
  propose: proposeForProfile,
  proposeRemoval: removeFromProfile,
  listOwn: (facts, nic) => markedAddresses(textOf(profileOf(facts, nic))),
  checkScript: (change) => needPrograms(change, 'nmcli'),
  applyScript: runTimeScript,
  settleScript: () => ':',
  reloadScript: ({ files }) => {
    // The profile of a further interface takes the place of another; one that is active already is but read anew.
    const isFurther = files.some(({ path, after }) => after !== null && isOwnFile(path));
    const take = isFurther
      ? 'nmcli --wait 20 con up "ec2-multi-ip-$IF" ifname "$IF"'
      : 'nmcli dev reapply "$IF"';
    return `nmcli con reload >"$S/errors" 2>&1; ${take} >>"$S/errors" 2>&1`;
  },
};

function proposeForProfile(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[] {
  const { nic, addresses, instanceId } = wanted;
  const profile = profileOf(facts, nic);
  const original = textOf(profile);
  return addresses.flatMap((address) => {
    const held = nic.addresses.find((candidate) => candidate.address === address);
    if (held?.dynamic === true) return [];
    if (!isInKeyfile(original, address)) {
      // Older formats, such as ifcfg files, have no such section.
      if (profile === undefined || !takesAddresses(original))
        throw new CoreError('guest.unsupportedManager', { interface: nic.name, manager: nic.manager });
      const change = (text: string) => addToKeyfile(text === '' ? original : text, address, instanceId);
      edits.change(pathOf(profile), change, { mode: '600' });
    }
    return held === undefined ? [plainAddress(address)] : [];
  });
}

function removeFromProfile(facts: GuestFacts, { nic, addresses }: Wanted, edits: FileEdits): GuestAddress[] {
  const profile = profileOf(facts, nic);
  // Else what is live would come back with the next boot, and nobody would know why.
  if (profile === undefined)
    throw new CoreError('guest.unsupportedManager', { interface: nic.name, manager: nic.manager });
  const own = markedAddresses(textOf(profile)).map(({ address }) => address);
  const gone = addresses.filter((address) => own.includes(address));
  if (gone.length > 0) edits.change(profile.path, (text) => removeFromKeyfile(text, gone));
  return liveAmong(nic, gone);
}

function profileOf({ files }: GuestFacts, { source }: GuestInterface): GuestFile | undefined {
  return files.find(({ readAs }) => readAs === source);
}

/** A profile that lives under /run is kept under /etc from then on, as NetworkManager itself would do. */
function pathOf({ path }: GuestFile): string {
  return path.startsWith('/run/') ? posix.join(directory, posix.basename(path)) : path;
}
