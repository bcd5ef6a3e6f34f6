import { aclOfSubnet } from '../model/networkAcl.ts';
import type { PairFacts } from './facts.ts';
import { judgeFirewall } from './firewall/firewall.ts';
import { fourWays } from './fourWays.ts';
import type { Layer } from './layers.ts';
import { nicOf } from './rules/addressInOs.ts';
import { attachedGateway } from './rules/gateway.ts';

/** What a packet passes on its way to a pair's address, by its id, and which layers could be looked at. */
export interface PacketWay {
  /** The host that is tested from; empty for the machine of the extension. */
  readonly vantage: string;
  /** The vantage's own public address. */
  readonly from?: string;
  readonly gatewayId?: string;
  readonly routeTableId?: string;
  readonly networkAclId?: string;
  readonly groupIds: readonly string[];
  readonly instanceId?: string;
  /** The interface of the guest. */
  readonly nic?: string;
  readonly ports: readonly number[];
  /** Layers of which something can be said: without a finding such a layer is in order. */
  readonly looked: readonly Layer[];
}

/** Names what stands on the way to a pair. Pure. */
export function packetWay(facts: PairFacts): PacketWay {
  const { cloud, eni, vantage, ports } = facts;
  const gateway = attachedGateway(facts);
  const table = cloud.index.routeTableOfSubnet(eni.subnetId);
  const acl = aclOfSubnet(cloud.networkAcls, eni.subnetId, eni.vpcId);
  const nic = nicOf(facts);
  const { attachment } = eni;
  const known: Readonly<Record<Exclude<Layer, 'inbound' | 'outbound'>, boolean>> = {
    gateway: true,
    association: gateway !== undefined,
    route: table !== undefined,
    // Its rules are about addresses: without the vantage's own nothing can be said.
    networkAcl: acl !== undefined && vantage.address !== undefined,
    securityGroup: eni.groupIds.some((id) => cloud.index.securityGroups.has(id)),
    instance: attachment === undefined || cloud.index.instances.has(attachment.instanceId),
    address: nic !== undefined,
    onDisk: fourWays(facts).files !== undefined,
    hostFirewall: firewallIsClear(facts),
    wayBack: facts.guest?.waysBack.has(facts.address.address) === true,
  };
  return {
    vantage: vantage.name,
    ...(vantage.address !== undefined && { from: vantage.address }),
    ...(gateway !== undefined && { gatewayId: gateway.id }),
    ...(table !== undefined && { routeTableId: table.id }),
    ...(acl !== undefined && { networkAclId: acl.id }),
    groupIds: eni.groupIds,
    ...(attachment !== undefined && { instanceId: attachment.instanceId }),
    ...(nic !== undefined && { nic: nic.name }),
    ports,
    looked: (Object.keys(known) as (keyof typeof known)[]).filter((layer) => known[layer]),
  };
}

/** Whether the guest's firewall says plainly what it does with each port. */
function firewallIsClear(facts: PairFacts): boolean {
  const { guest, address, vantage, ports } = facts;
  const nic = nicOf(facts);
  if (guest === undefined || nic === undefined) return false;
  return ports.every((port) => {
    const packet = { from: vantage.address, to: address.address, port, nic: nic.name };
    return judgeFirewall(guest.firewall, packet).verdict !== 'unknown';
  });
}
