import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding, SeenFact } from '../finding.ts';
import type { Fix } from '../fix.ts';
import { type MailFacts, plainName } from '../mail/mailFacts.ts';

/** What others ask of an address that sends mail: its name, the name's address, and what it greets with agree. */
export function mailNames(facts: PairFacts): readonly Finding[] {
  const { mailFacts: mail, address } = facts;
  if (mail === undefined || address.association?.publicIp !== mail.publicIp) return [];
  const { publicIp, ptr, forward, ec2 } = mail;
  const silent = [[publicIp, ptr] as const, ...Object.entries(forward)].find(([, said]) => said === 'silent');
  if (silent !== undefined) {
    return [finding('dnsSilent', { name: silent[0] }, [{ source: 'DNS', shown: `${silent[0]}: –` }])];
  }
  if (ptr !== 'silent' && ptr.length > 0) return [...astray(mail), ...greetsOtherwise(facts, mail, ptr)];
  const evidence = seen(mail);
  if (ec2.pending !== undefined) {
    return [finding('ptrPending', { publicIp, name: ec2.pending }, evidence), ...astray(mail)];
  }
  return [finding('ptrMissing', { publicIp }, evidence, fixOf(facts, mail)), ...astray(mail)];
}

/** Names whose address is another one. */
function astray(mail: MailFacts): readonly Finding[] {
  return Object.entries(mail.forward).flatMap(([name, addresses]) =>
    addresses === 'silent' || addresses.includes(mail.publicIp)
      ? []
      : [finding('nameElsewhere', { name, publicIp: mail.publicIp, addresses }, seen(mail))],
  );
}

function greetsOtherwise(facts: PairFacts, mail: MailFacts, ptr: readonly string[]): readonly Finding[] {
  const { helo } = mail;
  if (helo === undefined || ptr.some((name) => plainName(name) === plainName(helo))) return [];
  const data = { address: facts.address.address, helo, ptr: ptr.map(plainName) };
  return [finding('heloDiffers', data, seen(mail), fixOf(facts, mail))];
}

/** EC2 takes a name only once its A record leads to the address. */
function fixOf({ address }: PairFacts, { helo, forward, publicIp }: MailFacts): Fix | undefined {
  const allocationId = address.association?.allocationId;
  if (helo === undefined || allocationId === undefined) return undefined;
  const leadsHere = forward[plainName(helo)]?.includes(publicIp) === true;
  return leadsHere
    ? { recipe: 'reverseDns', spec: { allocationId, domainName: plainName(helo) } }
    : undefined;
}

function seen({ publicIp, helo, ptr, forward, ec2 }: MailFacts): readonly SeenFact[] {
  const list = (records: MailFacts['ptr'] | undefined) =>
    records === undefined || records === 'silent' || records.length === 0 ? '–' : records.join(', ');
  return [
    { source: 'DNS PTR', shown: `${publicIp}: ${list(ptr)}` },
    ...Object.entries(forward).map(([name, found]) => ({
      source: 'DNS A',
      shown: `${name}: ${list(found)}`,
    })),
    ...(helo === undefined ? [] : [{ source: 'HELO', shown: helo }]),
    ...(ec2.pending === undefined
      ? []
      : [{ source: 'DescribeAddressesAttribute', shown: `${ec2.pending}: PENDING` }]),
  ];
}
