import type { Instance } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler } from '../handler.ts';
import { type Waiting, waitFor } from './wait.ts';

/** Starts an instance, and waits until it runs. */
export function startInstance(ec2: Ec2, waiting: Waiting): ChangeHandler<'startInstance'> {
  return {
    perform: async ({ instanceId }) => {
      await ec2.startInstances({ InstanceIds: [instanceId] });
      return {};
    },
    find: async ({ instanceId }, { signal }) =>
      ['pending', 'running'].includes(await stateOf(ec2, instanceId, signal)) ? {} : undefined,
    // Waiting for the state is the look; what comes later may be another state again.
    provesItself: true,
    settle: ({ instanceId }, { signal }) =>
      reached(ec2, instanceId, { wanted: 'running', through: 'pending' }, { waiting, signal }),
    inverse: (input) => ({ kind: 'stopInstance', input }),
    notYet: ['IncorrectInstanceState'],
  };
}

/** Stops an instance, and waits until it has stopped. */
export function stopInstance(ec2: Ec2, waiting: Waiting): ChangeHandler<'stopInstance'> {
  return {
    perform: async ({ instanceId }) => {
      await ec2.stopInstances({ InstanceIds: [instanceId] });
      return {};
    },
    find: async ({ instanceId }, { signal }) =>
      ['stopping', 'stopped'].includes(await stateOf(ec2, instanceId, signal)) ? {} : undefined,
    // Waiting for the state is the look; what comes later may be another state again.
    provesItself: true,
    settle: async ({ instanceId }, { sentAt = 0, signal }) => {
      // A journal that was cut short may have lost that it was started again.
      if (sentAt > 0 && (await runsSince(ec2, instanceId, sentAt, signal))) return;
      await reached(ec2, instanceId, { wanted: 'stopped', through: 'stopping' }, { waiting, signal });
    },
    inverse: ({ instanceId }) => ({ kind: 'startInstance', input: { instanceId } }),
  };
}

/** Reboots an instance; EC2 says nothing of how that goes, so that one cut off is done again. */
export function rebootInstance(ec2: Ec2): ChangeHandler<'rebootInstance'> {
  return {
    perform: async ({ instanceId }) => {
      await ec2.rebootInstances({ InstanceIds: [instanceId] });
      return {};
    },
    find: () => Promise.resolve(undefined),
    provesItself: true,
    inverse: () => undefined,
  };
}

async function stateOf(ec2: Ec2, instanceId: string, signal?: AbortSignal): Promise<string> {
  return (await described(ec2, instanceId, signal))?.State?.Name ?? '';
}

async function described(ec2: Ec2, instanceId: string, signal?: AbortSignal): Promise<Instance | undefined> {
  const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: [instanceId] }, { signal });
  return Reservations[0]?.Instances?.[0];
}

/** Whether an instance was launched or started anew since then. */
async function runsSince(
  ec2: Ec2,
  instanceId: string,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const instance = await described(ec2, instanceId, signal);
  const isOn = ['pending', 'running'].includes(instance?.State?.Name ?? '');
  return isOn && (instance?.LaunchTime?.getTime() ?? 0) > milliseconds;
}

/** Waits until it is in the state that is wanted, which leads through another one. */
async function reached(
  ec2: Ec2,
  id: string,
  { wanted, through }: { readonly wanted: string; readonly through: string },
  { waiting, signal }: { readonly waiting: Waiting; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const look = async () => {
    const instance = await described(ec2, id, signal);
    const state = instance?.State?.Name ?? '';
    if (state === wanted) return undefined;
    if (state === 'terminated' || state === 'shutting-down') {
      throw new CoreError('plan.notFound', { what: 'instance', id });
    }
    // It says why an instance stopped, and nothing of how it runs.
    const reason = state === 'stopped' ? instance?.StateReason?.Message : undefined;
    return { state, moving: state === through, reason };
  };
  await waitFor({ what: 'instance', id, wanted }, look, waiting, signal);
}
