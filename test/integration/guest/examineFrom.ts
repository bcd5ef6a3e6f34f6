import { openEc2 } from '../../../src/core/aws/door.ts';
import type { Ec2 } from '../../../src/core/aws/ec2.ts';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { readNetworkAcls } from '../../../src/core/aws/networkAcls.ts';
import { isExpected } from '../../../src/core/base/errors.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { examine } from '../../../src/core/diagnose/examine.ts';
import type { ExamineOptions, PairToExamine } from '../../../src/core/diagnose/examine.ts';
import type { Fix } from '../../../src/core/diagnose/fix.ts';
import { prepareFix } from '../../../src/core/diagnose/prepareFix.ts';
import { indexInventory } from '../../../src/core/model/inventoryIndex.ts';
import { applyPlan } from '../../../src/core/plan/apply.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { sshVantage } from '../../../src/core/probe/sshVantage.ts';
import type { GuestShell, OpenShell } from '../../../src/core/ssh/shell.ts';
import { accessKeys } from '../../lab/emulator/emulator.ts';
import type { ExamineRequest, Named } from './examineRequest.ts';
import type { Setting } from './operator.ts';

/** Reads the Region and examines pairs, as the extension does. */
export async function examineFrom(
  { endpoint, host, echoUrl }: Setting,
  request: ExamineRequest,
  openTo: (host: string, instanceId?: string) => OpenShell,
): Promise<readonly Named[]> {
  const shells: GuestShell[] = [];
  try {
    return await withEc2(endpoint, async (ec2) => {
      const index = indexInventory(await readInventory(ec2));
      const pairs = request.pairs.flatMap((pair): PairToExamine[] => {
        const eni = index.enis.get(pair.networkInterfaceId);
        return eni === undefined ? [] : [{ eni, pair }];
      });
      const networkAcls = await readNetworkAcls(
        ec2,
        pairs.map(({ eni }) => eni.vpcId),
      );
      const shell = await reached(openTo(host));
      if (shell !== undefined) shells.push(shell);
      const { via } = request;
      const other = via === undefined ? undefined : await openTo(via, `vantage ${via}`)();
      if (other !== undefined) shells.push(other);
      const options: ExamineOptions = {
        ...{ pairs, host, echoUrl: request.echoUrl ?? echoUrl, cloud: { index, networkAcls } },
        inbound: { kind: request.method, ports: request.ports },
        timeoutMilliseconds: request.timeoutMilliseconds ?? 1000,
        ...(shell !== undefined && { shell }),
        ...(other !== undefined && { vantage: sshVantage(other, 'vantage'), echoHost: other }),
        ...(request.whereListening !== undefined && { whereListening: request.whereListening }),
        ...(request.mailHost !== undefined && { mailHost: request.mailHost }),
        ...(request.mailNames !== undefined && { mailNames: request.mailNames }),
      };
      return examine(options);
    });
  } finally {
    for (const shell of shells) shell.close();
  }
}

/** A guest that cannot be reached is one more thing to diagnose. */
async function reached(open: OpenShell): Promise<GuestShell | undefined> {
  try {
    return await open(AbortSignal.timeout(1500));
  } catch (error) {
    if (isExpected(error) || (error instanceof Error && error.name === 'TimeoutError')) return undefined;
    throw error;
  }
}

/** Applies the plan of a fix; the guest's own is made by whoever knows the guest. */
export async function mendFrom(
  { endpoint }: Setting,
  fix: Fix,
  configure: () => Promise<void>,
): Promise<void> {
  if (fix.recipe === 'configureGuest') {
    await configure();
    return;
  }
  await withEc2(endpoint, async (ec2) => {
    const plan = await prepareFix(ec2, fix);
    const outcome = await applyPlan(plan, { handlers: awsHandlers(ec2) });
    if (outcome.state === 'failed') throw outcome.failures[0]?.error;
  });
}

async function withEc2<T>(endpoint: string, use: (ec2: Ec2) => Promise<T>): Promise<T> {
  process.env['AWS_ACCESS_KEY_ID'] = accessKeys.good;
  process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
  const ec2 = await openEc2({ region: 'us-east-1', endpoint, log: silentLog });
  try {
    return await use(ec2);
  } finally {
    ec2.close();
  }
}
