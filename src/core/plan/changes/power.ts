import { setTimeout as sleep } from 'node:timers/promises';
import type { Ec2 } from '../../aws/ec2.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler } from '../handler.ts';

const POLL_MILLISECONDS = 2_000;

/** Starts an instance, and waits until it runs. */
export function startInstance(ec2: Ec2): ChangeHandler<'startInstance'> {
  return {
    perform: async ({ instanceId }) => {
      await ec2.startInstances({ InstanceIds: [instanceId] });
      return {};
    },
    find: async ({ instanceId }, { signal }) =>
      ['pending', 'running'].includes(await stateOf(ec2, instanceId, signal)) ? {} : undefined,
    // Waiting for the state is the look; what comes later may be another state again.
    provesItself: true,
    settle: ({ instanceId }, { signal }) => reached(ec2, instanceId, 'running', signal),
    inverse: (input) => ({ kind: 'stopInstance', input }),
    notYet: ['IncorrectInstanceState'],
  };
}

/** Stops an instance, and waits until it has stopped. */
export function stopInstance(ec2: Ec2): ChangeHandler<'stopInstance'> {
  return {
    perform: async ({ instanceId }) => {
      await ec2.stopInstances({ InstanceIds: [instanceId] });
      return {};
    },
    find: async ({ instanceId }, { signal }) =>
      ['stopping', 'stopped'].includes(await stateOf(ec2, instanceId, signal)) ? {} : undefined,
    // Waiting for the state is the look; what comes later may be another state again.
    provesItself: true,
    settle: ({ instanceId }, { signal }) => reached(ec2, instanceId, 'stopped', signal),
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
  const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: [instanceId] }, { signal });
  return Reservations[0]?.Instances?.[0]?.State?.Name ?? '';
}

async function reached(ec2: Ec2, instanceId: string, wanted: string, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const state = await stateOf(ec2, instanceId, signal);
    if (state === wanted) return;
    if (state === 'terminated' || state === 'shutting-down') {
      throw new CoreError('plan.notFound', { what: 'instance', id: instanceId });
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal });
  }
}
