import { dryRunOf } from '../aws/dryRun.ts';
import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import { CoreError, isCoreError } from '../base/errors.ts';
import { awsHandlers } from './changes/awsHandlers.ts';
import { type Handlers, type Step, resolveInput } from './handler.ts';
import type { AnyChange, Change, ChangeKind, Outputs, Plan } from './plan.ts';
import { handlerOf } from './runChange.ts';

/** Ids in the form that EC2 gives, which nobody has: EC2 looks at the permission before it looks for the thing. */
const NOBODYS: Outputs = {
  allocationId: 'eipalloc-00000000000000000',
  associationId: 'eipassoc-00000000000000000',
  groupId: 'sg-00000000000000000',
  instanceId: 'i-00000000000000000',
  internetGatewayId: 'igw-00000000000000000',
  keyName: 'nobody',
  networkInterfaceId: 'eni-00000000000000000',
  publicIp: '192.0.2.1',
  routeTableId: 'rtb-00000000000000000',
  subnetId: 'subnet-00000000000000000',
  vpcId: 'vpc-00000000000000000',
};

/**
 * Asks EC2, by dry runs side by side, whether these credentials may do what a plan needs; nothing is changed.
 *
 * What EC2 does not tell in advance counts as permitted: the plan then stops at that change.
 *
 * @throws {CoreError} `plan.notPermitted` with every IAM action that is missing.
 */
export async function requirePermissions(ec2: Ec2, plan: Plan, { signal }: CallOptions = {}): Promise<void> {
  const handlers: Handlers = awsHandlers(withAnyTable(dryRunOf(ec2)));
  const outputs = new Map(plan.changes.map(({ id }) => [id, NOBODYS]));
  const first = new Map(plan.changes.toReversed().map((change) => [change.kind, change]));
  const denied = await Promise.all(
    [...first.values()]
      .filter(({ kind }) => handlers[kind] !== undefined)
      .map((change) => missing(change, handlers, outputs, { planId: plan.id, changeId: change.id, signal })),
  );
  const actions = [...new Set(denied.flat())].sort();
  if (actions.length > 0) throw new CoreError('plan.notPermitted', { actions });
}

async function missing<K extends ChangeKind>(
  change: Change<K> & AnyChange,
  handlers: Handlers,
  outputs: ReadonlyMap<string, Outputs>,
  step: Step,
): Promise<readonly string[]> {
  try {
    // Another token than the change's own, or EC2 would take the change for a repeated dry run.
    const dryStep = { ...step, changeId: `dry ${step.changeId}` };
    const input = resolveInput<Change<K>['input']>(change.input, outputs);
    await handlerOf<K>(handlers, change).perform(input, dryStep);
    return [];
  } catch (error) {
    step.signal?.throwIfAborted();
    if (isCoreError(error, 'aws.denied')) return [error.data.action];
    if (isAboutTheThing(error)) return [];
    throw error;
  }
}

/** Tells whether EC2 got so far as to look at what the call is about. */
function isAboutTheThing(error: unknown): boolean {
  return isCoreError(error, 'aws.refused') || isCoreError(error, 'plan.changedMeanwhile');
}

/** The main route table of a VPC that is not there yet must not be looked for. */
function withAnyTable(ec2: Ec2): Ec2 {
  const RouteTables = [{ RouteTableId: NOBODYS['routeTableId'] }];
  return { ...ec2, describeRouteTables: () => Promise.resolve({ RouteTables, $metadata: {} }) };
}
