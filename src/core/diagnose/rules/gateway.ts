import type { InternetGateway } from '../../model/network.ts';
import { planOf } from '../../plan/stacks.ts';
import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** The gateway that is attached to the VPC of a pair. */
export function attachedGateway({ cloud, eni }: PairFacts): InternetGateway | undefined {
  return cloud.index.inventory.internetGateways.find(({ vpcIds }) => vpcIds.includes(eni.vpcId));
}

/** The internet gateway: there is none, or it is not attached. */
export function gateway(facts: PairFacts): readonly Finding[] {
  if (attachedGateway(facts) !== undefined) return [];
  const { vpcId } = facts.eni;
  const own = standingBy(facts);
  const table = facts.cloud.index.routeTableOfSubnet(facts.eni.subnetId);
  const spec = {
    ...{ vpcId, pairs: lostPairs(facts) },
    ...(own !== undefined && { gatewayId: own.id }),
    ...(table !== undefined && { routeTableId: table.id }),
  };
  const fix = { recipe: 'mend', spec: { what: 'gateway', ...spec } } as const;
  if (own === undefined) {
    const shown = `attachment.vpc-id=${vpcId}: –`;
    return [finding('gatewayMissing', { vpcId }, [{ source: 'DescribeInternetGateways', shown }], fix)];
  }
  const seen = [{ source: 'DescribeInternetGateways', shown: `${own.id}: Attachments –` }];
  return [finding('gatewayDetached', { vpcId, gatewayId: own.id }, seen, fix)];
}

/** A free gateway that a route of the VPC still leads to, or that the VPC's own plan made. */
function standingBy({ cloud, eni }: PairFacts): InternetGateway | undefined {
  const { inventory, vpcs } = cloud.index;
  const tables = inventory.routeTables.filter(({ vpcId }) => vpcId === eni.vpcId);
  const targets = new Set(tables.flatMap(({ routes }) => routes.map(({ target }) => target)));
  const vpc = vpcs.get(eni.vpcId);
  const plan = vpc && planOf(vpc);
  const free = inventory.internetGateways.filter(({ vpcIds }) => vpcIds.length === 0);
  return (
    free.find(({ id }) => targets.has(id)) ??
    free.find((candidate) => plan !== undefined && planOf(candidate) === plan)
  );
}

/** EC2 detaches a gateway only when nothing is paired: the pair is put back where its EIP is idle. */
function lostPairs({ address, pair, eni, cloud }: PairFacts) {
  const eip = cloud.index.idleEips.find(({ publicIp }) => publicIp === pair.publicIp);
  if (eip === undefined || address.association !== undefined) return [];
  const { allocationId } = eip;
  return [{ allocationId, networkInterfaceId: eni.id, privateAddress: address.address }];
}
