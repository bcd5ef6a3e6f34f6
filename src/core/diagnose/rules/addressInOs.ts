import { isExpected } from '../../base/errors.ts';
import type { GuestFacts, GuestInterface } from '../../guest/facts.ts';
import { proposeGuestPatch } from '../../guest/proposal.ts';
import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** The interface of the guest that is this ENI. */
export function nicOf({ guest, eni }: PairFacts): GuestInterface | undefined {
  return guest?.facts.interfaces.find(({ mac }) => mac === eni.mac.toLowerCase());
}

/** The operating system: the running one and its files may each have the address or not. */
export function addressInOs(facts: PairFacts): readonly Finding[] {
  const { guest, address, eni } = facts;
  const nic = nicOf(facts);
  if (guest === undefined || nic === undefined) return [];
  const { address: text } = address;
  const live = nic.addresses.some((candidate) => candidate.address === text);
  const onDisk = address.primary ? undefined : isOnDisk(guest.facts, facts);
  if (live && onDisk !== false) return [];
  const shown = nic.addresses.map((one) => `${one.address}/${one.prefixLength}`).join(', ');
  const files = guest.facts.files.map(({ readAs }) => readAs).join(', ');
  const data = { address: text, nic: nic.name };
  const seen = [
    { source: `ip -4 addr show dev ${nic.name}`, shown: shown === '' ? '–' : shown },
    ...(onDisk === undefined ? [] : [{ source: files, shown: `${text}: ${onDisk ? '✓' : '–'}` }]),
  ];
  const code = live ? 'addressNotOnDisk' : onDisk === true ? 'addressOnDiskOnly' : 'addressNotInOs';
  // The primary address is the DHCP client's to bring, not ours.
  return address.primary
    ? [finding(code, data, seen)]
    : [finding(code, data, seen, { recipe: 'configureGuest', networkInterfaceId: eni.id })];
}

/** Whether the files bring the address at the next boot; `undefined` where nobody can tell. */
export function isOnDisk(facts: GuestFacts, { eni, address }: PairFacts): boolean | undefined {
  try {
    const wish = { mac: eni.mac, addresses: [address.address], instanceId: eni.attachment?.instanceId ?? '' };
    // The proposal also mends /etc/hosts, which is none of this rule's business.
    return proposeGuestPatch({ ...facts, hostnameResolves: true }, wish).files.length === 0;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}
