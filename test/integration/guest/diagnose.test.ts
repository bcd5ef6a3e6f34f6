import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding, PacketFindingCode } from '../../../src/core/diagnose/finding.ts';
import { startDiagnoseLab } from './diagnoseLab.ts';
import type { DiagnoseLab } from './diagnoseLab.ts';
import type { ExamineRequest, Named } from './examineRequest.ts';
import { faultNames, faultsOf, pairsOfFaults } from './faults.ts';
import type { Fault } from './faults.ts';
import { assertWorded, expectedOf, report, sorted, tallyOf } from './tally.ts';
import type { Tally } from './tally.ts';

describe('the diagnosis names the layer at fault', function () {
  this.timeout(600_000);
  let at: DiagnoseLab;
  let faults: Readonly<Record<PacketFindingCode, Fault>>;
  const tallies: Tally[] = [];

  before(async () => {
    at = await startDiagnoseLab();
    faults = faultsOf(at);
  });

  after(async () => {
    report(tallies);
    await at.stop();
  });

  const examine = async (request: Partial<ExamineRequest> = {}): Promise<readonly Named[]> => {
    await at.guest.lab.settle();
    const basis = { pairs: at.pairs, ports: [80], method: 'listener' as const };
    return at.guest.operator().call('examine', { ...basis, ...request });
  };

  /** Puts faults in, looks, and puts all right again, by the findings' own plans where they have one. */
  const judge = async (names: readonly PacketFindingCode[]): Promise<void> => {
    const chosen = names.map((name) => faults[name]);
    for (const fault of chosen) await fault.inject();
    const request = Object.assign(
      {},
      ...chosen.map(({ request = {} }) => request),
    ) as Partial<ExamineRequest>;
    const seen = await examine(request);
    const expected = expectedOf(chosen);
    const named = seen.map(({ findings }) => findings.map(({ code }) => code));
    tallies.push(tallyOf(names, expected, named));
    try {
      assert.deepEqual(named.map(sorted), expected.map(sorted), JSON.stringify(seen, undefined, 1));
    } finally {
      await mend(seen.flatMap(({ findings }) => findings)).finally(async () => {
        for (const fault of chosen.toReversed()) await fault.repair();
      });
    }
    for (const { findings } of seen) findings.forEach(assertWorded);
  };

  const mend = async (findings: readonly Finding[]): Promise<void> => {
    const fixes = new Map(
      findings.flatMap(({ fix }) => (fix === undefined ? [] : [[JSON.stringify(fix), fix]])),
    );
    for (const fix of fixes.values()) {
      await at.guest.operator().call('mend', { fix, addresses: ['192.168.1.101'] });
      await at.guest.lab.settle();
    }
  };

  const assertHealthy = (seen: readonly Named[]): void => {
    for (const { findings, proof } of seen) {
      assert.deepEqual(findings, [], JSON.stringify(findings));
      assert.equal(proof.inbound.state, 'passed', JSON.stringify(proof.inbound));
      assert.equal(proof.outbound.state, 'passed', JSON.stringify(proof.outbound));
    }
  };

  it('finds nothing where all is in order', async () => {
    const seen = await examine();
    assertHealthy(seen);
    assert.equal(seen.length, 3);
    for (const [index, { ways }] of seen.entries()) {
      const publicIp = at.pairs[index]?.publicIp;
      assert.deepEqual(ways.ec2, { publicIp });
      assert.deepEqual(ways.metadata, { held: true, publicIp });
      assert.equal(ways.live, true);
      assert.equal(ways.files, true);
    }
  });

  it('proves from another host, and outbound by it where no echo answers', async () => {
    const echoUrl = 'http://203.0.113.77:8080/';
    const seen = await examine({ via: at.vantage.publicIp, echoUrl });
    assertHealthy(seen);
    for (const [index, { proof }] of seen.entries()) {
      assert.ok(proof.outbound.state === 'passed');
      assert.deepEqual(proof.outbound.evidence, { kind: 'echo', seenAs: at.pairs[index]?.publicIp });
    }
    // Without another host nobody can say: that is no pass, and no fault either.
    const [alone] = await examine({ echoUrl });
    assert.equal(alone?.proof.outbound.state, 'unproven');
    assert.deepEqual(alone.findings, []);
  });

  it('lets two tests at once on one guest come to a clear end each', async () => {
    const both = await Promise.all([examine(), examine()]);
    both.forEach(assertHealthy);
    // What listened and watched ends by itself, a moment after its caller; the test's own time limit ends this.
    const left = 'ss -Htln sport = :80; pgrep -a python3 || true';
    while ((await at.guest.inGuest(left)) !== '') await sleep(200);
  });

  for (const name of faultNames) it(`names ${name}`, () => judge([name]));
  for (const pair of pairsOfFaults) it(`names both ${pair.join(' and ')}`, () => judge(pair));

  it('finds nothing once all has been mended', async () => {
    assertHealthy(await examine());
  });

  it('is wrong in nothing and misses nothing', () => {
    assert.deepEqual([...faultNames].sort(), Object.keys(faults).sort(), 'every fault was tried');
    assert.deepEqual(
      tallies.filter(({ wrongly, missed }) => wrongly + missed > 0),
      [],
    );
  });
});
