import { equal } from 'node:assert/strict';
import { type Ec2Options, openEc2 } from '../../../src/core/aws/door.ts';
import type { Ec2 } from '../../../src/core/aws/ec2.ts';
import { type ApplyOptions, type Outcome, applyPlan } from '../../../src/core/plan/apply.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import type { Outputs, Plan } from '../../../src/core/plan/plan.ts';
import { type StackSpec, defaultStack } from '../../../src/core/plan/recipes/createStack.ts';
import { type Emulator, debianImage, startEmulator } from '../../lab/emulator/emulator.ts';
import { keptLog } from '../../lab/kept.ts';
import { type FaultProxy, startFaultProxy } from '../../lab/proxy/proxy.ts';
import { isMutating } from '../../lab/proxy/select.ts';
import { type AwsFiles, writeAwsFiles } from './awsFiles.ts';
import { UNPACED } from './faults/unpaced.ts';

/** An emulated Region behind the fault proxy, and the extension's own way in. */
export interface Region {
  readonly emulator: Emulator;
  readonly proxy: FaultProxy;
  readonly files: AwsFiles;
  readonly ec2: Ec2;
  /** The actions of the calls so far that change something. */
  mutations(): readonly string[];
  /** Forgets all that is in it and all that was asked. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Region; the first start on a machine makes a virtual environment. */
export async function startRegion(options: Partial<Ec2Options> = { pacer: UNPACED }): Promise<Region> {
  const files = await writeAwsFiles();
  const emulator = await startEmulator({ transitionSeconds: 0 });
  const proxy = await startFaultProxy({ upstream: { socketPath: emulator.socketPath } });
  const ec2 = await openEc2({ profile: 'lab', endpoint: proxy.endpoint, log: keptLog('aws'), ...options });
  return {
    emulator,
    proxy,
    files,
    ec2,
    mutations: () =>
      proxy
        .calls()
        .filter(isMutating)
        .map(({ action }) => action),
    reset: async () => {
      await emulator.reset();
      proxy.restore();
      proxy.clear();
    },
    stop: async () => {
      ec2.close();
      await proxy.stop();
      await emulator.stop();
      await files.remove();
    },
  };
}

/** The walk's own stack, with an image and a key that the emulator takes. */
export function walkStack(): StackSpec {
  const stack = defaultStack();
  const key = { name: 'standalone', publicKey: PUBLIC_KEY };
  return { ...stack, instance: { ...stack.instance, image: { id: debianImage }, key } };
}

/** Applies a plan and gives what its changes gave; fails with the first failure of a change. */
export async function applied(
  region: Region,
  plan: Plan,
  options: Omit<ApplyOptions, 'handlers'> = {},
): Promise<ReadonlyMap<string, Outputs>> {
  const outcome = await tried(region, plan, options);
  if (outcome.state === 'failed') throw outcome.failures[0]?.error;
  equal(outcome.state, 'done');
  return outcome.outputs;
}

/** Applies a plan, however it ends. */
export function tried(
  { ec2 }: Pick<Region, 'ec2'>,
  plan: Plan,
  options: Omit<ApplyOptions, 'handlers'> = {},
): Promise<Outcome> {
  return applyPlan(plan, { handlers: awsHandlers(ec2), ...options });
}

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl standalone';
