import type { Finding, FindingCode } from './finding.ts';

/** The layers that a pair has to get through, from the outside in, and what is proven in the end. */
export const layers = [
  'gateway',
  'association',
  'route',
  'networkAcl',
  'securityGroup',
  'instance',
  'address',
  'onDisk',
  'hostFirewall',
  'wayBack',
  'inbound',
  'outbound',
] as const;

/** One layer of the validation matrix. */
export type Layer = (typeof layers)[number];

/** Which of a pair's directions a fault stops. */
export type Stops = 'in' | 'out' | 'both' | 'none';

interface Place {
  readonly layer: Layer;
  readonly stops: Stops;
}

const places: Readonly<Record<FindingCode, Place | undefined>> = {
  gatewayMissing: { layer: 'gateway', stops: 'both' },
  gatewayDetached: { layer: 'gateway', stops: 'both' },
  notAssociated: { layer: 'association', stops: 'both' },
  associatedElsewhere: { layer: 'association', stops: 'both' },
  routeMissing: { layer: 'route', stops: 'both' },
  routeBlackhole: { layer: 'route', stops: 'both' },
  routeElsewhere: { layer: 'route', stops: 'both' },
  networkAclInbound: { layer: 'networkAcl', stops: 'in' },
  networkAclOutbound: { layer: 'networkAcl', stops: 'out' },
  securityGroupInbound: { layer: 'securityGroup', stops: 'in' },
  securityGroupOutbound: { layer: 'securityGroup', stops: 'out' },
  eniNotAttached: { layer: 'instance', stops: 'both' },
  instanceNotRunning: { layer: 'instance', stops: 'both' },
  addressNotInOs: { layer: 'address', stops: 'both' },
  addressOnDiskOnly: { layer: 'address', stops: 'both' },
  // It works until the next boot.
  addressNotOnDisk: { layer: 'onDisk', stops: 'none' },
  hostFirewall: { layer: 'hostFirewall', stops: 'in' },
  sourceRuleMissing: { layer: 'wayBack', stops: 'out' },
  rpFilter: { layer: 'wayBack', stops: 'in' },
  nothingListens: { layer: 'inbound', stops: 'in' },
  listensElsewhere: { layer: 'inbound', stops: 'in' },
  vantageOffline: { layer: 'inbound', stops: 'in' },
  vantageBlocked: { layer: 'inbound', stops: 'in' },
  port25Blocked: { layer: 'outbound', stops: 'out' },
  // The names of an address stop no packet.
  dnsSilent: undefined,
  ptrMissing: undefined,
  ptrPending: undefined,
  nameElsewhere: undefined,
  heloDiffers: undefined,
};

/** The layer that a finding is about, where it is about the way of packets. */
export function layerOf({ code }: Pick<Finding, 'code'>): Layer | undefined {
  return places[code]?.layer;
}

/** The directions that a finding stops. */
export function stopsOf({ code }: Pick<Finding, 'code'>): Stops {
  return places[code]?.stops ?? 'none';
}
