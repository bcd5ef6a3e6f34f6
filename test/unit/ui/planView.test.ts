import assert from 'node:assert/strict';
import { CoreError } from '../../../src/core/base/errors.ts';
import type { Plan, PlanEvent } from '../../../src/core/plan/plan.ts';
import { defaultStack, planStack } from '../../../src/core/plan/recipes/createStack.ts';
import { planView } from '../../../src/ui/plan/planView.ts';
import type { PlanState } from '../../../src/ui/plan/planView.ts';
import { Progress } from '../../../src/ui/plan/progress.ts';

const plan = planStack(
  {
    ...defaultStack(),
    instance: { ...defaultStack().instance, key: { name: 'k', publicKey: 'ssh-ed25519 A' } },
  },
  {
    region: 'eu-central-1',
    imageId: 'ami-1',
    addressesPerInterface: 2,
    eipsInUse: 0,
    keyNames: [],
  },
  { id: 'plan-1', createdAt: '2024-05-06T07:08:09.000Z' },
);

function view(state: PlanState, progress = new Progress()) {
  return planView({ title: 'T', plan, state, progress, buttons: [], milliseconds: 1234 });
}

function event(type: 'started' | 'done' | 'failed', id: string): PlanEvent {
  const change = plan.changes.find((each) => each.id === id);
  assert.ok(change);
  if (type === 'failed') {
    return { type, change, error: new CoreError('aws.denied', { action: 'ec2:CreateVpc' }) };
  }
  return type === 'done' ? { type, change, outputs: {} } : { type, change };
}

describe('the view of a plan', () => {
  it('says what stays for the sake of others', () => {
    const spared = { routes: ['0.0.0.0/0'], enis: ['eni-2', 'eni-3'] };
    const shown = { title: 'T', plan, state: 'preview', progress: new Progress(), buttons: [] } as const;
    const said = (facts: ReturnType<typeof planView>['facts']) =>
      facts.find(({ name }) => name === 'Left in place')?.value;
    assert.equal(
      said(planView({ ...shown, plan: { ...plan, spared } }).facts),
      'Route 0.0.0.0/0, which eni-2, eni-3 uses',
    );
    assert.equal(said(planView(shown).facts), undefined);
  });

  it('says why there is nothing to change, where that has a reason', () => {
    const nothing = {
      title: 'T',
      plan: { ...plan, changes: [] },
      state: 'preview',
      progress: new Progress(),
    } as const;
    assert.match(planView({ ...nothing, buttons: [] }).summary, /^Everything is as it should be/);
    assert.equal(
      planView({ ...nothing, buttons: [], nothing: 'cloud-init does it' }).summary,
      'cloud-init does it',
    );
  });

  it('has a row for each change, with what it does and how it can be undone', () => {
    const { rows } = view('preview');
    assert.deepEqual(
      rows.map(({ id }) => id),
      plan.changes.map(({ id }) => id),
    );
    assert.deepEqual(rows[0]?.cells[0], { text: 'Create VPC 192.168.1.0/24 “standalone”', tone: 'add' });
    for (const { cells } of rows) assert.ok(cells[2]?.text, 'says nothing about undo');
  });

  it('says of each change what it costs and when it is done, until it is under way', () => {
    const { columns, rows } = view('preview');
    assert.deepEqual(columns, ['Change', 'Cost a month', 'Undo', 'Done after']);
    const shown = (id: string) => rows.find((row) => row.id === id)?.cells.map(({ text }) => text);
    assert.deepEqual(shown('eip-1')?.slice(1), ['+$3.65', 'Exact', '1\u00A0s']);
    assert.deepEqual(shown('pair-1')?.slice(1), ['–', 'Exact', '2\u00A0s']);
    assert.deepEqual(shown('instance')?.slice(1), ['plus the instance', 'Exact', '4\u00A0s']);
    assert.equal(view('running').columns.at(-1), 'Progress');
    assert.equal(view('running').rows[0]?.cells.at(-1)?.text, 'Waiting');
  });

  it('says what the Elastic IPs cost a month, before and after', () => {
    const cost = (shown: Plan) =>
      planView({
        title: 'T',
        plan: shown,
        state: 'preview',
        progress: new Progress(),
        buttons: [],
      }).facts.find(({ name }) => name === 'Cost of Elastic IPs')?.value;
    assert.equal(cost(plan), '$7.30 more a month (before $0.00, after $7.30)');
    assert.equal(cost({ ...plan, eipsBefore: 2 }), '$7.30 more a month (before $7.30, after $14.60)');
    const rest = plan.changes.filter(({ kind }) => kind !== 'allocateEip');
    assert.equal(cost({ ...plan, eipsBefore: 2, changes: rest }), '$7.30 a month, as before');
  });

  it('follows the changes as they are carried out', () => {
    let now = 0;
    const progress = new Progress(() => now);
    progress.take(event('started', 'vpc'));
    assert.equal(view('running', progress).rows[0]?.cells[3]?.tone, 'busy');
    now = 500;
    progress.take(event('done', 'vpc'));
    const done = view('running', progress);
    assert.deepEqual(done.rows[0]?.cells[3], { text: 'Done in 0.5\u00A0s', tone: 'good' });
    assert.equal(done.summary, `1 of ${plan.changes.length} changes done`);
  });

  it('says in words why a change failed', () => {
    const progress = new Progress();
    progress.take(event('started', 'vpc'));
    progress.take(event('failed', 'vpc'));
    const cell = view('failed', progress).rows[0]?.cells[3];
    assert.equal(cell?.tone, 'bad');
    assert.match(cell.detail ?? '', /ec2:CreateVpc/);
  });

  it('counts a change once that an earlier run had done already', () => {
    const progress = new Progress();
    progress.take(event('started', 'vpc'));
    progress.take(event('done', 'vpc'));
    progress.take(event('done', 'vpc'));
    assert.equal(progress.done, 1);
  });
});
