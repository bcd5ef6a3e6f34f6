import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import { readInventory } from '../aws/inventory.ts';
import {
  type ImageChoice,
  readEipLimit,
  readEipQuota,
  readImages,
  readInstanceType,
  readKeyNames,
  smallestTypeFor,
} from '../aws/offers.ts';
import { readReverseDns } from '../aws/reverseDns.ts';
import { CoreError, isCoreError } from '../base/errors.ts';
import { type InventoryIndex, indexInventory } from '../model/inventoryIndex.ts';
import type { Plan } from './plan.ts';
import { newPlanIdentity } from './planBuilder.ts';
import { type AddPairsSpec, planAddPairs } from './recipes/addPairs.ts';
import { type StackFacts, type StackSpec, checkStack, planStack } from './recipes/createStack.ts';
import { type PairSpec, planPair } from './recipes/pair.ts';
import { planTeardown } from './recipes/teardown.ts';
import type { TeardownScope } from './recipes/teardownSelection.ts';
import { type UnpairSpec, planUnpair } from './recipes/unpair.ts';

/** Reads what planning a stack needs, side by side; throws where the type or the image is not there. */
export async function readStackFacts(
  ec2: Ec2,
  { instance }: Pick<StackSpec, 'instance'>,
  options: CallOptions = {},
): Promise<StackFacts> {
  const [type, imageId, eips, keyNames] = await Promise.all([
    readInstanceType(ec2, instance.instanceType, options),
    newestImage(ec2, instance.image, options),
    readEipQuota(ec2, options),
    readKeyNames(ec2, options),
  ]);
  const { addressesPerInterface } = type;
  const facts = { region: ec2.region, imageId, addressesPerInterface, eipsInUse: eips.inUse, keyNames };
  return eips.quota === undefined ? facts : { ...facts, eipQuota: eips.quota };
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
  const [index, names] = await Promise.all([readIndex(ec2, options), readReverseDns(ec2, options)]);
  return planTeardown(scope, index, names, newPlanIdentity());
}

/** Where a type takes too few addresses, looks which one would take them. */
async function withSmallestType(ec2: Ec2, options: CallOptions, plan: () => Plan): Promise<Plan> {
  try {
    return plan();
  } catch (error) {
    if (!isCoreError(error, 'plan.tooManyAddresses')) throw error;
    const { instanceType, wanted } = error.data;
    const smallest = await smallestTypeFor(ec2, instanceType, wanted, options);
    throw smallest === undefined
      ? error
      : new CoreError('plan.tooManyAddresses', { ...error.data, smallest });
  }
}

async function readIndex(ec2: Ec2, options: CallOptions): Promise<InventoryIndex> {
  return indexInventory(await readInventory(ec2, options));
}

async function readQuota(ec2: Ec2, options: CallOptions): Promise<{ readonly eipQuota?: number }> {
  const quota = await readEipLimit(ec2, options);
  return quota === undefined ? {} : { eipQuota: quota };
}

async function newestImage(ec2: Ec2, choice: ImageChoice, options: CallOptions): Promise<string> {
  const [newest] = await readImages(ec2, choice, options);
  if (newest === undefined) {
    throw new CoreError('plan.notFound', { what: 'image', id: 'id' in choice ? choice.id : choice.name });
  }
  return newest.id;
}
