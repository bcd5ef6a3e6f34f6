import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { journalPath } from '../../src/core/plan/activities.ts';
import { applyPlan } from '../../src/core/plan/apply.ts';
import { awsHandlers } from '../../src/core/plan/changes/awsHandlers.ts';
import { openJournal } from '../../src/core/plan/journal.ts';
import { prepareAddPairs } from '../../src/core/plan/preflight.ts';
import { readIndex } from '../../src/core/plan/regionFacts.ts';
import { createCommandBoundary } from '../../src/ui/commandBoundary.ts';
import type { CommandBoundary } from '../../src/ui/commandBoundary.ts';
import { registerPlans } from '../../src/ui/commands/plans.ts';
import { PlanBook } from '../../src/ui/plan/planBook.ts';
import { createPlanDesk } from '../../src/ui/plan/planDesk.ts';
import type { Services } from '../../src/ui/services.ts';
import { startRegion } from './emulatedRegion.ts';
import type { EmulatedRegion } from './emulatedRegion.ts';
import { accept, panelTitles, until } from './window.ts';

const session = {};
const switched = new vscode.EventEmitter<string | undefined>();

describe('the commands of plans', () => {
  let region: EmulatedRegion;
  let folder: string;
  let book: PlanBook;
  let boundary: CommandBoundary;
  let log: vscode.LogOutputChannel;
  let commands: vscode.Disposable;

  before(async () => {
    region = await startRegion();
    folder = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-journals-'));
    book = new PlanBook(folder);
    log = vscode.window.createOutputChannel('plans test', { log: true });
    boundary = createCommandBoundary(log);
    const desk = createPlanDesk({
      extensionUri:
        vscode.extensions.getExtension('ec2-multi-ip.ec2-multi-ip')?.extensionUri ?? vscode.Uri.file('/'),
      book,
      boundary,
      session: () => session,
      onDidSwitch: switched.event,
      before: () => Promise.resolve(undefined),
      changed: () => Promise.resolve(),
      handlersFor: () => Promise.resolve(awsHandlers(region.ec2)),
      inventory: () => readIndex(region.ec2, {}),
    });
    // All that these commands use of the services.
    commands = registerPlans({ boundary, desk, book } as Services);
  });

  after(async () => {
    commands.dispose();
    book.dispose();
    log.dispose();
    await rm(folder, { recursive: true });
    await region.stop();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** A plan that was cancelled after its first change. */
  async function interrupted(): Promise<string> {
    const spec = { networkInterfaceId: region.eniId, addresses: { count: 1 } };
    const plan = await prepareAddPairs(region.ec2, spec);
    const journal = await openJournal(journalPath(folder, plan.id), plan);
    const stop = new AbortController();
    const onEvent = ({ type }: { type: string }) => {
      if (type === 'done') stop.abort();
    };
    const { state } = await applyPlan(plan, {
      handlers: awsHandlers(region.ec2),
      journal,
      signal: stop.signal,
      onEvent,
      concurrency: 1,
    });
    assert.equal(state, 'cancelled');
    await journal.close();
    return plan.id;
  }

  const stateOf = async (id: string) =>
    (await book.activities()).find(({ plan }) => plan.id === id)?.state ?? 'none';
  const addresses = async () => {
    const { NetworkInterfaces = [] } = await region.ec2.describeNetworkInterfaces({
      NetworkInterfaceIds: [region.eniId],
    });
    return NetworkInterfaces[0]?.PrivateIpAddresses?.filter(({ Association }) => Association).length;
  };

  it('go on with the plan of a row', async () => {
    const planId = await interrupted();
    assert.equal(await stateOf(planId), 'unfinished');
    await boundary.invoke('ec2MultiIp.resumePlan', { target: { kind: 'plan', planId } });
    await until(async () => (await stateOf(planId)) === 'done');
    assert.deepEqual(await panelTitles(), ['Add Secondary IP + EIP']);
    assert.equal(await addresses(), 3);
  });

  it('show what takes the plan of the palette back', async () => {
    const before = await region.emulator.state();
    await accept(boundary.invoke('ec2MultiIp.undoPlan', undefined));
    assert.deepEqual(await panelTitles(), ['Undo: Add Secondary IP + EIP']);
    assert.deepEqual(await region.emulator.state(), before);
  });

  it('show what takes the plan of a row back', async () => {
    const undoable = (await book.activities()).find((activity) => activity.undoable);
    assert.ok(undoable);
    const node = { target: { kind: 'plan', planId: undoable.plan.id } };
    await accept(boundary.invoke('ec2MultiIp.undoPlan', node));
    assert.deepEqual(await panelTitles(), ['Undo: Add Secondary IP + EIP']);
  });

  it('go on with the plan of the palette', async () => {
    const planId = await interrupted();
    await accept(boundary.invoke('ec2MultiIp.resumePlan', undefined));
    await until(async () => (await stateOf(planId)) === 'done');
  });

  it('open the journal', async () => {
    const text = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    await accept(boundary.invoke('ec2MultiIp.openPlanLog', undefined));
    assert.match(text(), /^\{"sum":"[0-9a-f]+","type":"plan"/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [activity] = await book.activities();
    await boundary.invoke('ec2MultiIp.openPlanLog', { target: { kind: 'plan', planId: activity?.plan.id } });
    assert.match(text(), /^\{"sum":"[0-9a-f]+","type":"plan"/);
  });
});
