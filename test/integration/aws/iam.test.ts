import { deepEqual, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateRouteTableCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { IamPolicy } from '../../../scripts/build/iamPolicy.ts';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { readConsole, readLoginFacts } from '../../../src/core/aws/loginFacts.ts';
import { readNetworkAcls } from '../../../src/core/aws/networkAcls.ts';
import { smallestTypeFor } from '../../../src/core/aws/offers.ts';
import { readReverseDns } from '../../../src/core/aws/reverseDns.ts';
import { type CoreError, isCoreError, isExpected } from '../../../src/core/base/errors.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { requirePermissions } from '../../../src/core/plan/permissions.ts';
import type { Outputs, Plan } from '../../../src/core/plan/plan.ts';
import { newPlanIdentity, planBuilder } from '../../../src/core/plan/planBuilder.ts';
import { prepareTeardown } from '../../../src/core/plan/preflight.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import { errorSentence } from '../../../src/words/errorSentence.ts';
import { accessKeys } from '../../lab/emulator/emulator.ts';
import { ROOT } from '../../runner/suite.ts';
import { SCENARIOS, type Scenario } from './faults/scenarios.ts';
import { PATIENCE } from './faults/trial.ts';
import { type Region, applied, startRegion } from './region.ts';

const policy = JSON.parse(readFileSync(join(ROOT, 'media', 'iam-policy.json'), 'utf8')) as IamPolicy;
// The account's alias is shown where IAM tells it; nothing needs it.
const all = policy.Statement.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('iam:'));

/** The policy without one of its actions. */
function without(action: string): IamPolicy {
  const left = policy.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((other) => other !== action),
  }));
  return { ...policy, Statement: left.filter(({ Action }) => Action.length > 0) };
}

/** What the commands read that change nothing in AWS: the views, validations, and those that go into a guest. */
const READING: Scenario['plan'] = async ({ ec2 }) => {
  const { instances } = await readInventory(ec2);
  const [instance] = instances;
  if (instance !== undefined) {
    await readLoginFacts(ec2, instance, { onDenied });
    await readConsole(ec2, instance.id, { onDenied });
  }
  // The choice of a Region.
  await (ec2 as { describeRegions?: (input: object) => Promise<unknown> }).describeRegions?.({});
  await readReverseDns(ec2);
  await smallestTypeFor(ec2, 't3.micro', 4);
  return { ...newPlanIdentity(), changes: [] } as unknown as Plan;
};

function onDenied(error: CoreError): void {
  throw error;
}

describe('with EC2 enforcing IAM, the policy', function () {
  this.timeout(300_000);
  let region: Region;
  let enforced: IamPolicy = policy;
  const usedIn = new Map<string, Scenario>();

  before(async () => (region = await startRegion()));
  after(() => region.stop());

  /** Makes a plan, asks for the permissions, applies, and takes back what can be: as a command does. */
  const run = async ({ plan: prepare }: Scenario, rights: IamPolicy): Promise<void> => {
    await region.reset();
    await region.emulator.setQuota(8);
    enforced = rights;
    await region.emulator.setPolicy(rights);
    const plan = await prepare(region);
    const outputs = await carriedOut(plan);
    if (plan.changes.some(({ undo }) => undo === 'none')) return;
    await carriedOut(undoPlan(plan, outputs, awsHandlers(region.ec2), newPlanIdentity()));
  };

  const carriedOut = async (plan: Plan): Promise<ReadonlyMap<string, Outputs>> => {
    if (plan.changes.length === 0) return new Map();
    await requirePermissions(region.ec2, plan);
    return applied(region, plan, { patience: PATIENCE });
  };

  const looking: Scenario = {
    name: 'looking',
    plan: async (inside) => {
      const [first] = SCENARIOS;
      ok(first);
      await carriedOut(await first.plan(inside));
      return READING(inside);
    },
  };

  const foreignTable: Scenario = {
    name: 'the teardown of a VPC with a route table of its own',
    plan: async (inside) => {
      const [first] = SCENARIOS;
      ok(first);
      const made = await carriedOut(await first.plan(inside));
      const vpcId = made.get('vpc')?.['vpcId'] ?? '';
      // Somebody else made it, whom the policy does not concern.
      await inside.emulator.setPolicy(undefined);
      const credentials = { accessKeyId: accessKeys.good, secretAccessKey: 'secret' };
      const somebody = new EC2Client({
        region: 'us-east-1',
        endpoint: inside.emulator.endpoint,
        credentials,
      });
      const { RouteTable } = await somebody.send(new CreateRouteTableCommand({ VpcId: vpcId }));
      somebody.destroy();
      await inside.emulator.setPolicy(enforced);
      return prepareTeardown(inside.ec2, { vpcId, named: [RouteTable?.RouteTableId ?? ''] });
    },
  };

  /** What mends a network, all at once; a reboot comes with no way back, so it is a plan of its own. */
  const powerOf = (name: string, change: 'mend' | 'reboot'): Scenario => ({
    name,
    plan: async (inside) => {
      const [first] = SCENARIOS;
      ok(first);
      const made = await carriedOut(await first.plan(inside));
      const idOf = (id: string, output: string): string => made.get(id)?.[output] ?? '';
      const instanceId = idOf('instance', 'instanceId');
      const [acl] = await readNetworkAcls(inside.ec2, [idOf('vpc', 'vpcId')]);
      ok(acl);
      const plan = planBuilder();
      if (change === 'reboot') plan.add('reboot', 'rebootInstance', { instanceId });
      else {
        const range = { fromPort: 8443, toPort: 8443 };
        const ports = [{ protocol: 'tcp', source: '192.0.2.0/24', ...range }] as const;
        plan.add('ports', 'openPorts', {
          ...{ groupId: idOf('group', 'groupId'), ports, direction: 'egress' },
        });
        const entry = { networkAclId: acl.id, ruleNumber: 90, egress: false, cidr: '192.0.2.0/24' };
        plan.add('acl', 'allowInAcl', { ...entry, ...range });
        plan.add('stop', 'stopInstance', { instanceId });
        plan.add('start', 'startInstance', { instanceId }, ['stop']);
      }
      return plan.build('mend', 'us-east-1', newPlanIdentity());
    },
  });
  const mending = powerOf('what mends a network', 'mend');
  const reboot = powerOf('a reboot', 'reboot');

  for (const scenario of [...SCENARIOS, looking, foreignTable, mending, reboot]) {
    it(`is enough for ${scenario.name}`, async () => {
      await run(scenario, policy);
      for (const { action } of region.proxy.calls()) {
        if (!usedIn.has(`ec2:${action}`)) usedIn.set(`ec2:${action}`, scenario);
      }
    });
  }

  it('has no right too many', () => {
    usedIn.delete('ec2:GetCallerIdentity');
    ok(SCENARIOS[0]);
    usedIn.set('ec2:CreateTags', SCENARIOS[0]);
    deepEqual([...usedIn.keys()].sort(), [...all].sort());
  });

  for (const action of all) {
    it(`is not enough without ${action}, and the message says so`, async () => {
      const scenario = usedIn.get(action);
      ok(scenario);
      const error = await run(scenario, without(action)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      ok(isExpected(error), String(error));
      ok(isCoreError(error, 'aws.denied') || isCoreError(error, 'plan.notPermitted'), String(error));
      match(errorSentence(error), new RegExp(`\\b${action}\\b`));
    });
  }
});
