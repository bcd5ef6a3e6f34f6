import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import { type ImageChoice, readEipQuota, readImages, readInstanceType, readKeyNames } from '../aws/offers.ts';
import { CoreError } from '../base/errors.ts';
import type { Plan } from './plan.ts';
import { newPlanIdentity } from './planBuilder.ts';
import { type StackFacts, type StackSpec, checkStack, planStack } from './recipes/createStack.ts';

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
  return planStack(spec, await readStackFacts(ec2, spec, options), newPlanIdentity());
}

async function newestImage(ec2: Ec2, choice: ImageChoice, options: CallOptions): Promise<string> {
  const [newest] = await readImages(ec2, choice, options);
  if (newest === undefined) {
    throw new CoreError('plan.notFound', { what: 'image', id: 'id' in choice ? choice.id : choice.name });
  }
  return newest.id;
}
