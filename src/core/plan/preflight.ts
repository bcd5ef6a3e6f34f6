import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import { readEipQuota, readInstanceType, readKeyNames } from '../aws/offers.ts';
import { readReverseDns } from '../aws/reverseDns.ts';
import type { Plan } from './plan.ts';
import { newPlanIdentity } from './planBuilder.ts';
import { type AddPairsSpec, planAddPairs } from './recipes/addPairs.ts';
import { type StackFacts, type StackSpec, checkStack, planStack } from './recipes/createStack.ts';
import { type PairSpec, planPair } from './recipes/pair.ts';
import type { TeardownScope } from './recipes/teardownSelection.ts';
import { type UnpairSpec, planUnpair } from './recipes/unpair.ts';
import { newestImage, readIndex, readQuota, withSmallestType } from './regionFacts.ts';

/** Reads what planning a stack needs, side by side; throws where the type or the image is not there. */
export async function readStackFacts(
  ec2: Ec2,
  { instance, inside, eips: chosen }: Pick<StackSpec, 'instance' | 'inside' | 'eips'>,
  options: CallOptions = {},
): Promise<StackFacts> {
  const usesWhatIsThere = inside !== undefined || chosen !== undefined;
  const [type, imageId, eips, keyNames, index] = await Promise.all([
    readInstanceType(ec2, instance.instanceType, options),
    newestImage(ec2, instance.image, options),
    readEipQuota(ec2, options),
    readKeyNames(ec2, options),
    usesWhatIsThere ? readIndex(ec2, options) : undefined,
  ]);
  const { addressesPerInterface } = type;
  return {
    region: ec2.region,
    imageId,
    addressesPerInterface,
    eipsInUse: eips.inUse,
    keyNames,
    ...(eips.quota !== undefined && { eipQuota: eips.quota }),
    ...(index !== undefined && { index }),
  };
}

/** Checks a spec, reads what planning it needs, and plans it; nothing is changed. */
export async function prepareStack(ec2: Ec2, spec: StackSpec, options: CallOptions = {}): Promise<Plan> {
  checkStack(spec);
  const facts = await readStackFacts(ec2, spec, options);
  return withSmallestType(ec2, options, () => planStack(spec, facts, newPlanIdentity()));
}

/** Reads the Region and plans further pairs on an ENI; nothing is changed. */
export async function prepareAddPairs(
  ec2: Ec2,
  spec: AddPairsSpec,
  options: CallOptions = {},
): Promise<Plan> {
  const [index, quota] = await Promise.all([readIndex(ec2, options), readQuota(ec2, options)]);
  const instanceId = index.enis.get(spec.networkInterfaceId)?.attachment?.instanceId;
  const instance = index.instances.get(instanceId ?? '');
  const facts =
    instance === undefined ? quota : { ...quota, type: await readInstanceType(ec2, instance.type, options) };
  return withSmallestType(ec2, options, () => planAddPairs(spec, index, facts, newPlanIdentity()));
}

/** Reads the Region and plans the pairing of one address; nothing is changed. */
export async function preparePair(ec2: Ec2, spec: PairSpec, options: CallOptions = {}): Promise<Plan> {
  const [index, quota] = await Promise.all([readIndex(ec2, options), readQuota(ec2, options)]);
  return planPair(spec, index, quota, newPlanIdentity());
}

/** Reads the Region and plans the end of one pair; nothing is changed. */
export async function prepareUnpair(ec2: Ec2, spec: UnpairSpec, options: CallOptions = {}): Promise<Plan> {
  const [index, names] = await Promise.all([readIndex(ec2, options), readReverseDns(ec2, options)]);
  return planUnpair(spec, index, names, newPlanIdentity());
}

/** Reads the Region and plans a teardown; nothing is changed. */
export async function prepareTeardown(
  ec2: Ec2,
  scope: TeardownScope,
  options: CallOptions = {},
): Promise<Plan> {
  // No part of what everybody does; it is loaded while the Region is read.
  const [index, names, { planTeardown }] = await Promise.all([
    readIndex(ec2, options),
    readReverseDns(ec2, options),
    import('./recipes/teardown.ts'),
  ]);
  return planTeardown(scope, index, names, newPlanIdentity());
}
