import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { join } from 'node:path';
import { isCoreError } from '../../../src/core/base/errors.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { openJournal, readJournal } from '../../../src/core/plan/journal.ts';
import { lookUpBegun } from '../../../src/core/plan/lookUp.ts';
import { newPlanIdentity } from '../../../src/core/plan/planBuilder.ts';
import { prepareStack, prepareTeardown, prepareUnpair } from '../../../src/core/plan/preflight.ts';
import { prepareReleaseEips, prepareReverseDns } from '../../../src/core/plan/preparations.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import { refuse } from '../../lab/proxy/faults/refuse.ts';
import { onAction } from '../../lab/proxy/select.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { PATIENCE } from './faults/trial.ts';
import { type Region, applied, startRegion, tried, walkStack } from './region.ts';
import { stateShape } from './stateShape.ts';

const SECOND = '192.168.1.101';

describe('what somebody else changes after a plan was made', function () {
  this.timeout(120_000);
  let region: Region;
  let eni: string;
  let eips: readonly string[];
  let publicIps: readonly string[];
  let stack: string;

  before(async () => (region = await startRegion()));
  beforeEach(async () => {
    await region.reset();
    const plan = await prepareStack(region.ec2, walkStack());
    stack = plan.id;
    const made = await applied(region, plan);
    const idOf = (change: string, name: string): string => made.get(change)?.[name] ?? '';
    eni = idOf('eni', 'networkInterfaceId');
    eips = [idOf('eip-1', 'allocationId'), idOf('eip-2', 'allocationId')];
    publicIps = [idOf('eip-1', 'publicIp'), idOf('eip-2', 'publicIp')];
  });
  after(() => region.stop());

  const unpairing = { privateAddress: SECOND, eip: 'keep', address: 'keep' } as const;
  const changedEip = (index: number) =>
    coreFailure('plan.changedMeanwhile', { what: 'Elastic IP', id: publicIps[index] ?? '' });
  const unchangedBy = async (work: Promise<unknown>, failure: (error: unknown) => boolean) => {
    const before = stateShape(await region.emulator.state());
    region.proxy.clear();
    await rejects(work, failure);
    deepEqual(region.mutations(), []);
    deepEqual(stateShape(await region.emulator.state()), before);
  };

  it('keeps an EIP from being released once it is in use again', async () => {
    await applied(region, await prepareUnpair(region.ec2, { networkInterfaceId: eni, ...unpairing }));
    const plan = await prepareReleaseEips(region.ec2, { allocationIds: eips.slice(1) });
    const place = { NetworkInterfaceId: eni, PrivateIpAddress: SECOND };
    await region.ec2.associateAddress({ AllocationId: eips[1], ...place });
    await unchangedBy(applied(region, plan), changedEip(1));
  });

  it('keeps an EIP from being taken off the address that it was moved to', async () => {
    const spec = { networkInterfaceId: eni, ...unpairing };
    const plan = await prepareUnpair(region.ec2, spec);
    await applied(region, await prepareUnpair(region.ec2, { ...spec, privateAddress: '192.168.1.100' }));
    const move = { NetworkInterfaceId: eni, PrivateIpAddress: '192.168.1.100', AllowReassociation: true };
    await region.ec2.associateAddress({ AllocationId: eips[1], ...move });
    await unchangedBy(applied(region, plan), changedEip(1));
  });

  it('keeps the PTR record that somebody else has set', async () => {
    const [allocationId = ''] = eips;
    const plan = await prepareReverseDns(region.ec2, { allocationId, domainName: 'mail.example.com' });
    await region.ec2.modifyAddressAttribute({ AllocationId: allocationId, DomainName: 'other.example.com' });
    await unchangedBy(applied(region, plan), changedEip(0));
  });

  it('counts as done where it has removed what was to be removed', async () => {
    const plan = await prepareTeardown(region.ec2, { planId: stack });
    await applied(region, await prepareTeardown(region.ec2, { planId: stack }));
    region.proxy.clear();
    await applied(region, plan);
  });

  it('is told where a plan is resumed on what is gone, and what is left can be taken back', async () => {
    await region.reset();
    const empty = stateShape(await region.emulator.state());
    const plan = await prepareStack(region.ec2, walkStack());
    const path = join(region.files.directory, 'meanwhile.jsonl');
    const restore = region.proxy.use(
      refuse(onAction('CreateNetworkInterface'), 'UnsupportedOperation', 'No.'),
    );
    const journal = await openJournal(path, plan);
    equal((await tried(region, plan, { journal, patience: PATIENCE })).state, 'failed');
    await journal.close();
    restore();
    const progress = await readJournal(path);
    ok(progress);
    const subnetId = progress.results.get('subnet')?.['subnetId'] ?? '';
    await region.ec2.deleteSubnet({ SubnetId: subnetId });
    const failure = coreFailure('plan.changedMeanwhile', { what: 'subnet', id: subnetId });
    await unchangedBy(applied(region, plan, { progress, patience: PATIENCE }), failure);
    const handlers = awsHandlers(region.ec2);
    const results = await lookUpBegun(progress, handlers, undefined, PATIENCE);
    await applied(region, undoPlan(plan, results, handlers, newPlanIdentity()), { patience: PATIENCE });
    deepEqual(stateShape(await region.emulator.state()), empty);
  });

  it('is noticed right after a change, too', async () => {
    const handlers = awsHandlers(region.ec2);
    const { createVpc } = handlers;
    // Somebody who is quicker than the look that follows.
    const robbed = {
      ...createVpc,
      perform: async (...it: Parameters<typeof createVpc.perform>) => {
        const outputs = await createVpc.perform(...it);
        await region.ec2.deleteVpc({ VpcId: outputs['vpcId'] ?? '' });
        return outputs;
      },
    };
    await region.reset();
    const plan = await prepareStack(region.ec2, walkStack());
    const only = { ...plan, changes: plan.changes.filter(({ id }) => id === 'vpc') };
    const options = {
      handlers: { ...handlers, createVpc: robbed },
      patience: { ...PATIENCE, totalMilliseconds: 100 },
    };
    const outcome = await tried(region, only, options);
    ok(outcome.state === 'failed');
    equal(isCoreError(outcome.failures[0]?.error, 'plan.notAsPlanned'), true);
  });
});
