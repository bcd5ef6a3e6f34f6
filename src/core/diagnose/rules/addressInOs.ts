import type { GuestInterface } from '../../guest/facts.ts';
import { interfaceOf } from '../../guest/links.ts';
import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** The interface of the guest that is this ENI. */
export function nicOf({ guest, eni }: PairFacts): GuestInterface | undefined {
  return guest && interfaceOf(guest.facts.interfaces, eni.mac);
}

/** The operating system: the running one and its files may each have the address or not. */
export function addressInOs(facts: PairFacts): readonly Finding[] {
  const { guest, address, eni } = facts;
  const nic = nicOf(facts);
  if (guest === undefined || nic === undefined) return [];
  const { address: text } = address;
  const live = nic.addresses.some((candidate) => candidate.address === text);
  const onDisk = address.primary ? undefined : facts.onDisk;
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
