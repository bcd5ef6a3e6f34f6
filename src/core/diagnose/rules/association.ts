import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { attachedGateway } from './gateway.ts';

/** The pairing: the address has no EIP, or the one that it had is elsewhere now. */
export function association(facts: PairFacts): readonly Finding[] {
  const { address, eni, pair, cloud } = facts;
  // Without a gateway nothing can be paired: that is the gateway's fault, and its mending pairs again.
  if (address.association !== undefined || attachedGateway(facts) === undefined) return [];
  const { publicIp } = pair;
  const eip = cloud.index.inventory.eips.find((candidate) => candidate.publicIp === publicIp);
  const place = { networkInterfaceId: eni.id, privateAddress: address.address };
  const seen = [{ source: 'DescribeNetworkInterfaces', shown: `${eni.id}: ${address.address} ↔ –` }];
  if (eip?.association === undefined) {
    const data = { address: address.address, ...(publicIp !== undefined && { publicIp }) };
    const spec = eip === undefined ? place : { ...place, allocationId: eip.allocationId };
    return [finding('notAssociated', data, seen, { recipe: 'pair', spec })];
  }
  const { privateAddress: elsewhere, networkInterfaceId } = eip.association;
  const shown = `${eip.publicIp} ↔ ${elsewhere} (${networkInterfaceId})`;
  return [
    finding(
      'associatedElsewhere',
      { address: address.address, publicIp: eip.publicIp, elsewhere },
      [...seen, { source: 'DescribeAddresses', shown }],
      { recipe: 'moveEip', spec: { allocationId: eip.allocationId, to: place } },
    ),
  ];
}
