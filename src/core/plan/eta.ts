import { bucketOf } from '../aws/buckets.ts';
import type { Ec2Call } from '../aws/ec2.ts';
import type { AnyChange, ChangeKind } from './plan.ts';

/** The mutating call of each kind of change, whose bucket it waits for; none for what EC2 has no part in. */
export const CALL_OF: Readonly<Record<ChangeKind, Ec2Call | undefined>> = {
  createVpc: 'createVpc',
  createSubnet: 'createSubnet',
  createInternetGateway: 'createInternetGateway',
  attachInternetGateway: 'attachInternetGateway',
  createRoute: 'createRoute',
  createSecurityGroup: 'createSecurityGroup',
  openPorts: 'authorizeSecurityGroupIngress',
  closePorts: 'revokeSecurityGroupIngress',
  allowInAcl: 'createNetworkAclEntry',
  deleteAclEntry: 'deleteNetworkAclEntry',
  createEni: 'createNetworkInterface',
  assignAddresses: 'assignPrivateIpAddresses',
  allocateEip: 'allocateAddress',
  associateEip: 'associateAddress',
  importKeyPair: 'importKeyPair',
  launchInstance: 'runInstances',
  launchWithEni: 'runInstances',
  moveEip: 'associateAddress',
  attachEni: 'attachNetworkInterface',
  detachEni: 'detachNetworkInterface',
  startInstance: 'startInstances',
  stopInstance: 'stopInstances',
  rebootInstance: 'rebootInstances',
  terminateInstance: 'terminateInstances',
  disassociateEip: 'disassociateAddress',
  clearReverseDns: 'resetAddressAttribute',
  setReverseDns: 'modifyAddressAttribute',
  releaseEip: 'releaseAddress',
  unassignAddresses: 'unassignPrivateIpAddresses',
  deleteEni: 'deleteNetworkInterface',
  deleteSecurityGroup: 'deleteSecurityGroup',
  deleteRoute: 'deleteRoute',
  deleteRouteTable: 'deleteRouteTable',
  detachInternetGateway: 'detachInternetGateway',
  deleteInternetGateway: 'deleteInternetGateway',
  deleteSubnet: 'deleteSubnet',
  deleteVpc: 'deleteVpc',
  deleteKeyPair: 'deleteKeyPair',
  configureGuest: undefined,
};

/** How long a change usually takes once it is its turn, in seconds. */
const USUAL_SECONDS = 0.5;
const SLOW: Partial<Readonly<Record<ChangeKind, number>>> = {
  launchInstance: 2,
  launchWithEni: 2,
  startInstance: 20,
  stopInstance: 40,
  rebootInstance: 1,
  terminateInstance: 40,
  detachEni: 10,
  setReverseDns: 30,
  clearReverseDns: 30,
  configureGuest: 15,
};

/** How long a kind of change takes by itself, in seconds. */
export type UsualSeconds = (kind: ChangeKind) => number;

/**
 * When each change is done, by its id, in seconds from the beginning: each begins when what it needs is done and its
 * call's bucket has room.
 *
 * Pure; `usual` says how long a change takes by itself.
 */
export function endsOf(
  changes: readonly AnyChange[],
  usual: UsualSeconds = (kind) => SLOW[kind] ?? USUAL_SECONDS,
): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  /** When each bucket would be full again if nothing more came. */
  const fullAt = new Map<Ec2Call, number>();
  const left = new Set(changes);
  const ready = ({ needs }: AnyChange): number => Math.max(0, ...needs.map((need) => ends.get(need) ?? 0));
  while (left.size > 0) {
    const open = [...left].filter(({ needs }) => needs.every((need) => ends.has(need)));
    if (open.length === 0) break;
    for (const change of open.sort((a, b) => ready(a) - ready(b))) {
      ends.set(change.id, turnOf(change.kind, ready(change), fullAt) + usual(change.kind));
      left.delete(change);
    }
  }
  return ends;
}

/** How many seconds changes take in all, as `endsOf` has it. */
export function secondsOf(changes: readonly AnyChange[], usual?: UsualSeconds): number {
  return Math.max(0, ...endsOf(changes, usual).values());
}

function turnOf(kind: ChangeKind, wanted: number, fullAt: Map<Ec2Call, number>): number {
  const call = CALL_OF[kind];
  if (call === undefined) return wanted;
  const { burst, perSecond } = bucketOf(call);
  const full = Math.max(wanted, fullAt.get(call) ?? 0) + 1 / perSecond;
  fullAt.set(call, full);
  return Math.max(wanted, full - burst / perSecond);
}
