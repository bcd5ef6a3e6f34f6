import assert from 'node:assert/strict';
import { finding } from '../../../src/core/diagnose/finding.ts';
import type { Finding } from '../../../src/core/diagnose/finding.ts';
import { layers } from '../../../src/core/diagnose/layers.ts';
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

const closed = finding('securityGroupInbound', { groupIds: ['sg-1'], port: 80, peer: '192.0.2.9' }, []);

/** A pair with a fault, whose network ACL and host firewall could not be looked at. */
function faulty(found: Finding): ValidationRow {
  const looked = layers.filter((layer) => layer !== 'networkAcl' && layer !== 'hostFirewall');
  const way = { vantage: '', gatewayId: 'igw-1', groupIds: ['sg-1'], nic: 'eth0', ports: [80], looked };
  return { ...row(101, [fails, works]), findings: [found], way };
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

  it('says in a column of its own whether the names of addresses that send mail agree', () => {
    const helo = 'mail.example.com';
    const here = ['198.51.100.100'];
    const mail = { publicIp: here[0] ?? '', helo, ptr: [helo], forward: { [helo]: here }, ec2: {} };
    const found = [finding('ptrMissing', { publicIp: '198.51.100.101' }, [])];
    const { columns, rows, tone } = view([
      { ...row(100, [works, works]), mail },
      { ...row(101, [works, works]), mail: { ...mail, ptr: [] }, findings: found },
      row(102, [works, works]),
    ]);
    assert.equal(columns.at(-1), 'Mail');
    assert.deepEqual(
      rows.map(({ cells }) => cells.at(-1)?.tone),
      ['good', 'bad', 'doubtful'],
    );
    assert.match(rows[1]?.cells.at(-1)?.detail ?? '', /PTR/);
    assert.equal(tone, 'doubtful');
  });

  it('does not take what nobody could prove for proven', () => {
    const { tone, summary, rows } = view([row(100, [works, open])]);
    assert.equal(tone, 'doubtful');
    assert.equal(summary, '0 of 1 pairs work in both directions');
    assert.equal(rows[0]?.cells.at(-1)?.tone, 'doubtful');
  });

  it('takes a port that nothing listens at for no fault, and says why it was not tried', () => {
    const reason = { code: 'notListening', address: '192.168.1.100', ports: [25] } as const;
    const leftOut: Verdict = { state: 'unproven', reason };
    const scene = { ports: [25], whereListening: true };
    const { tone, summary, rows, facts } = view([row(100, [leftOut, works])], scene);
    assert.deepEqual([tone, summary], ['good', '1 of 1 pairs work in each direction that was tried']);
    assert.equal(facts[0]?.value, '25, where the guest listens');
    const cell = rows[0]?.cells.at(-2);
    assert.deepEqual([cell?.text, cell?.tone], ['Not tried', 'doubtful']);
    assert.match(cell?.detail ?? '', /at port 25.*only sends mail.*ec2MultiIp\.probe\.ports/);
    assert.equal(view([row(100, [leftOut, fails])], scene).tone, 'bad');
    assert.equal(view([row(100, [leftOut, open])], scene).tone, 'doubtful');
  });

  it('says the reason in words and the time of each test', () => {
    const [first] = view([row(101, [fails, works])]).rows;
    assert.deepEqual(first?.cells.at(-2), {
      text: 'Fails',
      tone: 'bad',
      detail: 'The OS does not have 192.168.1.101. Configure the guest OS first. 5000\u00A0ms',
    });
    assert.match(first.cells.at(-1)?.detail ?? '', /198\.51\.100\.1.* 3\u00A0ms/);
  });

  it('shows what is still to come, and can be cancelled until then', () => {
    const { rows, buttons } = view([row(100)], { state: 'running' });
    assert.ok(rows[0]?.cells.slice(1).every(({ tone }) => tone === 'waiting'));
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

  it('shows for each layer what is at fault, what is in order and what nobody looked at', () => {
    const [first] = view([faulty(closed)]).rows;
    const tones = (first?.cells ?? []).map(({ tone }) => tone);
    // Private address, then the layers from the outside in, the files last but three.
    assert.deepEqual(tones, [
      ...['plain', 'good', 'good', 'good', 'doubtful', 'bad', 'good', 'good', 'good'],
      ...['doubtful', 'good', 'bad', 'good'],
    ]);
    assert.match(first?.cells[5]?.detail ?? '', /sg-1 does not let 192\.0\.2\.9 in to port 80/);
  });
});

describe('the picture of the way of a packet', () => {
  const links = (row: ValidationRow, direction: 'inward' | 'outward') =>
    (view([row]).rows[0]?.way?.stations ?? []).slice(1).map((station) => station[direction]);
  const open = (count: number) => Array.from({ length: count }, () => 'open');
  const beyond = (count: number) => Array.from({ length: count }, () => 'beyond');

  it('breaks the link to the layer that stops what comes in, and none of the way back', () => {
    assert.deepEqual(links(faulty(closed), 'inward'), [...open(4), 'broken', ...beyond(3)]);
    assert.deepEqual(links(faulty(closed), 'outward'), open(8));
    const stations = view([faulty(closed)]).rows[0]?.way?.stations ?? [];
    assert.deepEqual(
      stations.filter(({ tone }) => tone === 'bad').map(({ title, names }) => [title, ...names]),
      [['Security group', 'sg-1']],
    );
  });

  it('breaks the link out of the layer that stops what goes out', () => {
    const deaf = finding(
      'sourceRuleMissing',
      { address: '192.168.1.101', nic: 'eth1', leavesBy: 'eth0' },
      [],
    );
    assert.deepEqual(links(faulty(deaf), 'outward'), [...beyond(7), 'broken']);
    const mail = finding('port25Blocked', { address: '192.168.1.101' }, []);
    assert.deepEqual(links(faulty(mail), 'outward'), ['broken', ...open(7)]);
    assert.deepEqual(links(faulty(mail), 'inward'), open(8));
  });

  it('breaks both where nothing gets through, and none for what fails at the next boot alone', () => {
    const gone = finding('gatewayMissing', { vpcId: 'vpc-1' }, []);
    assert.deepEqual(links(faulty(gone), 'inward'), ['broken', ...beyond(7)]);
    assert.deepEqual(links(faulty(gone), 'outward'), ['beyond', 'broken', ...open(6)]);
    const file = finding('addressNotOnDisk', { address: '192.168.1.101', nic: 'eth0' }, []);
    assert.deepEqual(links(faulty(file), 'inward'), open(8));
    assert.equal(view([faulty(file)]).rows[0]?.way?.stations[7]?.tone, 'bad');
  });

  it('claims nothing before anything was looked at', () => {
    const running = view([row(101)], { state: 'running' }).rows[0]?.way?.stations ?? [];
    assert.ok(running.every(({ tone, inward }) => tone === 'waiting' && inward === 'unknown'));
  });
});
