import type { GuestState, PairFacts } from '../../../../src/core/diagnose/facts.ts';
import { isOnDisk } from '../../../../src/core/guest/onDisk.ts';
import { proposerOfPrimary } from '../../../../src/core/guest/proposer.ts';
import { indexInventory } from '../../../../src/core/model/inventoryIndex.ts';
import type { Inventory } from '../../../../src/core/model/network.ts';
import type { NetworkAcl } from '../../../../src/core/model/networkAcl.ts';
import { guestWith } from '../../guest/guestFacts.ts';
import { eip, eni, idleEip, smallRegion } from '../smallRegion.ts';

/** Everything that a fault may change of a pair that is in order. */
export interface Draft {
  region: Inventory;
  acl: NetworkAcl;
  guest: GuestState | undefined;
  facts: Omit<PairFacts, 'eni' | 'address' | 'cloud' | 'guest'>;
}

const address = '192.168.1.101';
const publicIp = idleEip.publicIp;
const association = { associationId: 'eipassoc-2', allocationId: idleEip.allocationId, publicIp };
const MAC = '02:00:00:00:00:64';
const stanza = `auto eth0\niface eth0 inet dhcp\nauto eth0:1\niface eth0:1 inet static\n address ${address}\n netmask 32\n`;

/** The secondary pair of the small Region, all of it in order. */
export function healthy(): Draft {
  const [first, second] = eni.addresses;
  if (first === undefined || second === undefined) throw new Error('the small Region has two addresses');
  const anywhere = { protocol: 'tcp', sources: ['0.0.0.0/0'] };
  const open = [22, 80].map((port) => ({ ...anywhere, fromPort: port, toPort: port }));
  const place = { associationId: 'eipassoc-2', networkInterfaceId: eni.id, privateAddress: address };
  return {
    region: {
      ...smallRegion,
      enis: [{ ...eni, mac: MAC, addresses: [first, { ...second, association }] }],
      eips: [eip, { ...idleEip, association: place }],
      securityGroups: smallRegion.securityGroups.map((group) => ({
        ...group,
        ingress: open,
        egress: [{ protocol: '-1', sources: ['0.0.0.0/0'] }],
      })),
    },
    acl: {
      ...{ id: 'acl-1', vpcId: 'vpc-1', isDefault: true, subnetIds: [] },
      rules: [false, true].flatMap((egress) => [
        { number: 100, egress, protocol: '-1', allow: true, cidr: '0.0.0.0/0' },
        { number: 32_767, egress, protocol: '-1', allow: false, cidr: '0.0.0.0/0' },
      ]),
    },
    guest: {
      facts: guestWith(
        { '/etc/network/interfaces': stanza },
        { live: [{ address, prefixLength: 32, label: 'eth0:1', dynamic: false }] },
      ),
      sockets: [{ address: '0.0.0.0', port: 80 }],
      rules: '0:\tfrom all lookup local',
      waysBack: new Map([[address, { leavesBy: 'eth0', shown: 'dev eth0', marked: [] }]]),
      rpFilter: new Map([['eth0', 1]]),
      firewall: { nft: '', iptables: '' },
      counters: new Map(),
    },
    facts: {
      pair: { networkInterfaceId: eni.id, privateAddress: address, publicIp },
      vantage: { name: '', online: true, address: '203.0.113.1' },
      ports: [80],
      service: false,
      arrived: new Set([80]),
      echo: { address: '203.0.113.9', port: 443 },
      mail: 'open',
      proof: {
        pair: { networkInterfaceId: eni.id, privateAddress: address, publicIp },
        inbound: { state: 'pending' },
        outbound: { state: 'passed', milliseconds: 1, evidence: { kind: 'echo', seenAs: publicIp } },
      },
    },
  };
}

/** The facts that a draft stands for. */
export function factsOf({ region, acl, guest, facts }: Draft): PairFacts {
  const index = indexInventory(region);
  const found = index.enis.get(eni.id);
  const own = found?.addresses.find((one) => one.address === address);
  if (found === undefined || own === undefined) throw new Error('the pair has gone');
  const cloud = { index, networkAcls: [acl] };
  const onDisk = guest && isOnDisk(guest.facts, proposerOfPrimary({ ...found, addresses: [own] }, 'i-1'));
  return {
    ...{ ...facts, eni: found, address: own, cloud },
    ...(guest !== undefined && { guest }),
    ...(onDisk !== undefined && { onDisk }),
  };
}
