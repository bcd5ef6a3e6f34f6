import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { applyPlan } from '../../../src/core/plan/apply.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { openJournal } from '../../../src/core/plan/journal.ts';
import type { Plan, PlanEvent } from '../../../src/core/plan/plan.ts';
import { newPlanIdentity, planBuilder } from '../../../src/core/plan/planBuilder.ts';
import { prepareStack } from '../../../src/core/plan/preflight.ts';
import { showStates } from '../../lab/proxy/faults/showStates.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { PATIENCE } from './faults/trial.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';

const WAITING = { pollMilliseconds: 2, lagMilliseconds: 60, longestMilliseconds: 60_000 };
const MAIL = 'mail.example.com';

describe('what EC2 has begun and does not bring to its end', function () {
  this.timeout(120_000);
  let region: Region;
  let instanceId: string;
  let eip: { readonly allocationId: string; readonly publicIp: string };

  before(async () => {
    region = await startRegion();
    const made = await applied(region, await prepareStack(region.ec2, walkStack()));
    instanceId = made.get('instance')?.['instanceId'] ?? '';
    const { allocationId = '', publicIp = '' } = made.get('eip-1') ?? {};
    eip = { allocationId, publicIp };
  });
  afterEach(() => {
    region.proxy.restore();
  });
  after(() => region.stop());

  const run = async (plan: Plan, waiting = WAITING) => {
    const journal = await openJournal(join(region.files.directory, `${plan.id}.jsonl`), plan);
    const events: PlanEvent[] = [];
    region.proxy.clear();
    const outcome = await applyPlan(plan, {
      handlers: awsHandlers(region.ec2, waiting),
      journal,
      progress: journal.earlier,
      patience: PATIENCE,
      onEvent: (event) => events.push(event),
    });
    await journal.close();
    return { outcome, failed: events.filter(({ type }) => type === 'failed') };
  };
  const build = (add: (plan: ReturnType<typeof planBuilder>) => void) => {
    const plan = planBuilder();
    add(plan);
    return plan.build('restart', region.ec2.region, newPlanIdentity());
  };
  /** Runs it, and again: it must fail with this at the first time, also to whoever watches. */
  const refusedThenDone = async (
    plan: Plan,
    failure: (error: unknown) => boolean,
    fallBack: () => Promise<unknown>,
    again: readonly string[],
  ) => {
    const first = await run(plan);
    ok(first.outcome.state === 'failed');
    ok(failure(first.outcome.failures[0]?.error));
    equal(first.failed.length, 1);
    region.proxy.restore();
    await fallBack();
    equal((await run(plan)).outcome.state, 'done');
    deepEqual(region.mutations(), again);
  };
  const stopped = () => region.ec2.stopInstances({ InstanceIds: [instanceId] });
  const started = () => region.ec2.startInstances({ InstanceIds: [instanceId] });
  const wrong = (state: string, wanted: string) =>
    coreFailure('plan.wrongState', { what: 'instance', id: instanceId, state, wanted, reason: '' });

  it('an instance that falls back to stopped is given up, and started again on Resume', async () => {
    await stopped();
    const plan = build((it) => it.add('start', 'startInstance', { instanceId }));
    region.proxy.use(showStates('stopped', 'pending', 'stopped'));
    await refusedThenDone(plan, wrong('stopped', 'running'), stopped, ['StartInstances']);
  });

  it('an instance that never begins to start is given up once EC2 would show it', async () => {
    await stopped();
    const plan = build((it) => it.add('start', 'startInstance', { instanceId }));
    region.proxy.use(showStates('stopped'));
    await refusedThenDone(plan, wrong('stopped', 'running'), stopped, ['StartInstances']);
  });

  it('an instance that somebody starts again while it is to stop is given up', async () => {
    const plan = build((it) => it.add('stop', 'stopInstance', { instanceId }));
    region.proxy.use(showStates('running', 'stopping', 'running'));
    await refusedThenDone(plan, wrong('running', 'stopped'), started, ['StopInstances']);
  });

  it('an instance that is terminated meanwhile is no more', async () => {
    const plan = build((it) => it.add('start', 'startInstance', { instanceId }));
    region.proxy.use(showStates('stopped', 'pending', 'terminated'));
    const { outcome } = await run(plan);
    ok(outcome.state === 'failed');
    const gone = coreFailure('plan.notFound', { what: 'instance', id: instanceId });
    ok(gone(outcome.failures[0]?.error));
  });

  it('one that takes too long is told, and goes on being waited for on Resume', async () => {
    const plan = build((it) => it.add('stop', 'stopInstance', { instanceId }));
    region.proxy.use(showStates('stopping'));
    const { outcome } = await run(plan, { ...WAITING, longestMilliseconds: 60 });
    ok(outcome.state === 'failed');
    const data = { what: 'instance', id: instanceId, state: 'stopping', minutes: 0 };
    ok(coreFailure('plan.tooSlow', data)(outcome.failures[0]?.error));
    region.proxy.restore();
    equal((await run(plan)).outcome.state, 'done');
    deepEqual(region.mutations(), []);
  });

  it('a PTR record that EC2 refused is asked for again on Resume', async () => {
    const { allocationId, publicIp } = eip;
    const plan = build((it) => it.add('ptr', 'setReverseDns', { allocationId, publicIp, domainName: MAIL }));
    region.proxy.use(async (call, forward) => {
      const outcome = await forward();
      if (call.action !== 'DescribeAddressesAttribute' || outcome.kind !== 'answer') return outcome;
      const update = '<ptrRecordUpdate><status>FAILED</status><reason>No A record</reason></ptrRecordUpdate>';
      const body = outcome.body
        .replace(/<ptrRecordUpdate>.*<\/ptrRecordUpdate>/s, '')
        .replace(/<ptrRecord>.*<\/ptrRecord>/s, update);
      return { ...outcome, body };
    });
    const data = { publicIp, domainName: MAIL, reason: 'No A record' };
    const cleared = () =>
      region.ec2.resetAddressAttribute({ AllocationId: allocationId, Attribute: 'domain-name' });
    const failure = coreFailure('plan.reverseDnsRefused', data);
    await refusedThenDone(plan, failure, cleared, ['ModifyAddressAttribute']);
  });

  it('an ENI that somebody plugs in elsewhere while it is to be unplugged is said to be changed', async () => {
    const { Subnets = [] } = await region.ec2.describeSubnets({});
    const subnet = Subnets.find(({ CidrBlock }) => CidrBlock === '192.168.1.0/24');
    const { NetworkInterface } = await region.ec2.createNetworkInterface({ SubnetId: subnet?.SubnetId });
    const networkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
    const place = { NetworkInterfaceId: networkInterfaceId, InstanceId: instanceId, DeviceIndex: 1 };
    const { AttachmentId: attachmentId = '' } = await region.ec2.attachNetworkInterface(place);
    region.proxy.use(async (call, forward) => {
      const outcome = await forward();
      if (call.action === 'DetachNetworkInterface') await region.ec2.attachNetworkInterface(place);
      return outcome;
    });
    const input = { attachmentId, networkInterfaceId, instanceId, deviceIndex: 1 };
    const { outcome } = await run(build((it) => it.add('detach', 'detachEni', input)));
    ok(outcome.state === 'failed');
    const data = { what: 'network interface', id: networkInterfaceId };
    ok(coreFailure('plan.changedMeanwhile', data)(outcome.failures[0]?.error));
  });
});
