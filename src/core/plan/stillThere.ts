import { CoreError } from '../base/errors.ts';
import type { Step } from './handler.ts';
import { findOnce } from './lookUp.ts';
import { checkPatiently } from './perform.ts';
import type { AnyChange, Change, ChangeKind, Outputs } from './plan.ts';
import { type Run, handlerOf } from './runChange.ts';

const THINGS: readonly (readonly [output: string, what: string])[] = [
  ['instanceId', 'instance'],
  ['networkInterfaceId', 'network interface'],
  ['publicIp', 'Elastic IP'],
  ['groupId', 'security group'],
  ['subnetId', 'subnet'],
  ['internetGatewayId', 'internet gateway'],
  ['keyName', 'key pair'],
  ['vpcId', 'VPC'],
];

/** What a change is about, for a sentence. */
export function thingOf(change: AnyChange, outputs: Outputs): { readonly what: string; readonly id: string } {
  for (const [output, what] of THINGS) {
    const id = outputs[output];
    if (id !== undefined) return { what, id };
  }
  return { what: 'step', id: change.id };
}

/** The changes of an earlier run that others still need and that somebody has taken back meanwhile. */
export async function requireNeeds(
  run: Run,
): Promise<readonly { readonly change: AnyChange; readonly error: unknown }[]> {
  const pending = run.plan.changes.filter(({ id }) => !run.outputs.has(id));
  const needed = new Set(pending.flatMap(({ needs }) => needs));
  const known = run.plan.changes.filter(({ id }) => needed.has(id) && run.outputs.has(id));
  const looks = known.map(async (change) => {
    try {
      await requireThere(run, change);
      return [];
    } catch (error) {
      return [{ change, error }];
    }
  });
  return (await Promise.all(looks)).flat();
}

async function requireThere<K extends ChangeKind>(run: Run, change: Change<K> & AnyChange): Promise<void> {
  if (handlerOf<K>(run.handlers, change).provesItself === true) return;
  const step: Step = { planId: run.plan.id, changeId: change.id, signal: run.signal };
  const check = async (): Promise<void> => {
    if ((await findOnce<K>(change, run.outputs, run.handlers, step)) === undefined) {
      throw new CoreError('plan.changedMeanwhile', thingOf(change, run.outputs.get(change.id) ?? {}));
    }
  };
  await checkPatiently(check, step, { patience: run.patience, freshNeeds: true });
}
