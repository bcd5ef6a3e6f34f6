import assert from 'node:assert/strict';
import type { Verdict } from '../../../src/core/probe/proof.ts';
import { validationView } from '../../../src/ui/validation/validationView.ts';
import type { ValidationRow, ValidationScene } from '../../../src/ui/validation/validationView.ts';

const works: Verdict = {
  state: 'passed',
  milliseconds: 2.6,
  evidence: { kind: 'echo', seenAs: '198.51.100.1' },
};
const fails: Verdict = {
  state: 'failed',
  milliseconds: 5000,
  reason: { code: 'addressNotInOs', address: '192.168.1.101' },
};
const open: Verdict = { state: 'unproven', reason: { code: 'echoUnreachable', url: 'http://echo' } };

function row(last: number, verdicts?: readonly [Verdict, Verdict]): ValidationRow {
  const pair = {
    networkInterfaceId: 'eni-1',
    privateAddress: `192.168.1.${last}`,
    publicIp: `198.51.100.${last}`,
  };
  const proof =
    verdicts === undefined ? {} : { proof: { pair, inbound: verdicts[0], outbound: verdicts[1] } };
  return { pair, eni: 'ENI-01', primary: last === 100, ...proof };
}

function view(rows: readonly ValidationRow[], change: Partial<ValidationScene> = {}) {
  return validationView({ rows, state: 'done', ports: [80], at: '12:00', ...change });
}

describe('the validation matrix', () => {
  it('is good only where every pair works in both directions', () => {
    const good = view([row(100, [works, works]), row(101, [works, works])]);
    assert.equal(good.tone, 'good');
    assert.equal(good.summary, '2 of 2 pairs work in both directions');
    assert.equal(view([row(100, [works, works]), row(101, [works, fails])]).tone, 'bad');
  });

  it('does not take what nobody could prove for proven', () => {
    const { tone, summary, rows } = view([row(100, [works, open])]);
    assert.equal(tone, 'doubtful');
    assert.equal(summary, '0 of 1 pairs work in both directions');
    assert.equal(rows[0]?.cells[3]?.tone, 'doubtful');
  });

  it('says the reason in words and the time of each test', () => {
    const [first] = view([row(101, [fails, works])]).rows;
    assert.deepEqual(first?.cells[2], {
      text: 'Fails',
      tone: 'bad',
      detail: 'The OS does not have 192.168.1.101. Configure the guest OS first. 5000 ms',
    });
    assert.match(first.cells[3]?.detail ?? '', /198\.51\.100\.1.* 3 ms/);
  });

  it('shows what is still to come, and can be cancelled until then', () => {
    const { rows, buttons } = view([row(100)], { state: 'running' });
    assert.equal(rows[0]?.cells[2]?.tone, 'waiting');
    assert.deepEqual(
      buttons.map(({ id }) => id),
      ['cancel'],
    );
    assert.deepEqual(
      view([row(100)]).buttons.map(({ id }) => id),
      ['again', 'history'],
    );
  });

  it('says what kept the whole from being tested', () => {
    const { summary, tone } = view([row(100)], { state: 'failed', problem: 'No way in.' });
    assert.deepEqual({ summary, tone }, { summary: 'No way in.', tone: 'bad' });
  });
});
