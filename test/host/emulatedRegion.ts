import * as vscode from 'vscode';
import { openEc2 } from '../../src/core/aws/door.ts';
import type { Ec2 } from '../../src/core/aws/ec2.ts';
import { silentLog } from '../../src/core/base/log.ts';
import { applyPlan } from '../../src/core/plan/apply.ts';
import { awsHandlers } from '../../src/core/plan/changes/awsHandlers.ts';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { defaultStack } from '../../src/core/plan/recipes/createStack.ts';
import { accessKeys, startEmulator } from '../lab/emulator/emulator.ts';
import type { Emulator } from '../lab/emulator/emulator.ts';
import { secrets } from '../lab/kept.ts';

/** An emulated Region with the walk's stack in it, which the extension is set to. */
export interface EmulatedRegion {
  readonly emulator: Emulator;
  readonly ec2: Ec2;
  readonly eniId: string;
  readonly vpcId: string;
  stop(): Promise<void>;
}

/** Sets a setting of the extension, or takes it back. */
export async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('ec2MultiIp').update(key, value, vscode.ConfigurationTarget.Global);
}

/** Starts an emulator, builds the stack of the walk in it, on a larger type, and points the extension at it; with a key pair where one is given. */
export async function startRegion(publicKey?: string): Promise<EmulatedRegion> {
  const emulator = await startEmulator();
  // The extension under test lives in this very process.
  process.env['AWS_ACCESS_KEY_ID'] = accessKeys.good;
  process.env['AWS_SECRET_ACCESS_KEY'] = secrets.secretAccessKey;
  const ec2 = await openEc2({ region: 'us-east-1', endpoint: emulator.endpoint, log: silentLog });
  const spec = defaultStack();
  const key = publicKey === undefined ? {} : { key: { name: 'standalone', publicKey } };
  const instance = { ...spec.instance, instanceType: 't3.small', ...key };
  const plan = await prepareStack(ec2, { ...spec, instance });
  const { outputs } = await applyPlan(plan, { handlers: awsHandlers(ec2) });
  await set('endpoint', emulator.endpoint);
  await set('region', 'us-east-1');
  return {
    emulator,
    ec2,
    eniId: outputs.get('eni')?.['networkInterfaceId'] ?? '',
    vpcId: outputs.get('vpc')?.['vpcId'] ?? '',
    stop: async () => {
      await set('endpoint', undefined);
      await set('region', undefined);
      ec2.close();
      await emulator.stop();
    },
  };
}
