import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import type { Plan } from './plan.ts';
import { newPlanIdentity } from './planBuilder.ts';
import { type RestartSpec, planRestart } from './recipes/restart.ts';
import { readIndex } from './regionFacts.ts';

/** Reads the Region and plans to let an instance begin anew; nothing is changed. */
export async function prepareRestart(ec2: Ec2, spec: RestartSpec, options: CallOptions = {}): Promise<Plan> {
  return planRestart(spec, await readIndex(ec2, options), newPlanIdentity());
}
