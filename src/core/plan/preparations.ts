import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import { readInstanceType } from '../aws/offers.ts';
import { readReverseDns } from '../aws/reverseDns.ts';
import type { Plan } from './plan.ts';
import { newPlanIdentity } from './planBuilder.ts';
import { type AttachEniSpec, planAttachEni } from './recipes/attachEni.ts';
import { type LaunchSpec, planLaunch } from './recipes/launch.ts';
import { type MendSpec, planMend } from './recipes/mend.ts';
import { type MoveSpec, planMove } from './recipes/moveEip.ts';
import { planReleaseEips } from './recipes/releaseEips.ts';
import { type RemovePairsSpec, planRemovePairs } from './recipes/removePairs.ts';
import { type RestartSpec, planRestart } from './recipes/restart.ts';
import { type ReverseDnsSpec, planReverseDns } from './recipes/reverseDns.ts';
import { newestImage, readIndex, withSmallestType } from './regionFacts.ts';

/** Reads the Region and plans to move an EIP; nothing is changed. */
export async function prepareMove(ec2: Ec2, spec: MoveSpec, options: CallOptions = {}): Promise<Plan> {
  return planMove(spec, await readIndex(ec2, options), newPlanIdentity());
}

/** Reads the Region and plans to release idle EIPs; nothing is changed. */
export async function prepareReleaseEips(
  ec2: Ec2,
  spec: { readonly allocationIds: readonly string[] },
  options: CallOptions = {},
): Promise<Plan> {
  const [index, names] = await Promise.all([readIndex(ec2, options), readReverseDns(ec2, options)]);
  return planReleaseEips(spec, index, names, newPlanIdentity());
}

/** Reads the Region and plans to remove secondary addresses; nothing is changed. */
export async function prepareRemovePairs(
  ec2: Ec2,
  spec: RemovePairsSpec,
  options: CallOptions = {},
): Promise<Plan> {
  const [index, names] = await Promise.all([readIndex(ec2, options), readReverseDns(ec2, options)]);
  return planRemovePairs(spec, index, names, newPlanIdentity());
}

/** Reads the Region and plans the PTR record of an EIP; nothing is changed. */
export async function prepareReverseDns(
  ec2: Ec2,
  spec: ReverseDnsSpec,
  options: CallOptions = {},
): Promise<Plan> {
  const [index, names] = await Promise.all([readIndex(ec2, options), readReverseDns(ec2, options)]);
  return planReverseDns(spec, index, names, newPlanIdentity());
}

/** Reads the Region and plans a further ENI on an instance; nothing is changed. */
export async function prepareAttachEni(
  ec2: Ec2,
  spec: AttachEniSpec,
  options: CallOptions = {},
): Promise<Plan> {
  const index = await readIndex(ec2, options);
  const instanceType = index.instances.get(spec.instanceId)?.type ?? '';
  const type = await readInstanceType(ec2, instanceType, options);
  return withSmallestType(ec2, options, () => planAttachEni(spec, index, type, newPlanIdentity()));
}

/** Reads the Region and plans a launch; nothing is changed. */
export async function prepareLaunch(ec2: Ec2, spec: LaunchSpec, options: CallOptions = {}): Promise<Plan> {
  const [index, type] = await Promise.all([
    readIndex(ec2, options),
    readInstanceType(ec2, spec.instanceType, options),
    // Planned with its id, but it must be there.
    newestImage(ec2, { id: spec.imageId }, options),
  ]);
  return withSmallestType(ec2, options, () => planLaunch(spec, index, type, newPlanIdentity()));
}

/** Reads the Region and plans what puts one thing of a network right; nothing is changed. */
export async function prepareMend(ec2: Ec2, spec: MendSpec, options: CallOptions = {}): Promise<Plan> {
  return planMend(spec, await readIndex(ec2, options), newPlanIdentity());
}

/** Reads the Region and plans to let an instance begin anew; nothing is changed. */
export async function prepareRestart(ec2: Ec2, spec: RestartSpec, options: CallOptions = {}): Promise<Plan> {
  return planRestart(spec, await readIndex(ec2, options), newPlanIdentity());
}
