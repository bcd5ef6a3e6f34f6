import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeAddressesAttributeCommand } from '@aws-sdk/client-ec2';
import type { Finding, PacketFindingCode } from '../../../src/core/diagnose/finding.ts';
import { startDiagnoseLab } from './diagnoseLab.ts';
import type { DiagnoseLab } from './diagnoseLab.ts';
import type { ExamineRequest, Named } from './examineRequest.ts';
import { faultNames, faultsOf, pairsOfFaults } from './faults.ts';
import type { Fault } from './faults.ts';
import { fiftyPairs } from './manyPairs.ts';
import { startDns, startSilence, startStrangeEcho } from './oddities.ts';
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
    await at.guest.inGuest('touch /var/begun');
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

  /** What listened and watched ends by itself, a moment after its caller; the test's own time limit ends this. */
  const nothingLeft = async (): Promise<void> => {
    while ((await at.guest.inGuest('ss -Htln sport = :80; pgrep -a python3 || true')) !== '')
      await sleep(200);
    const files = 'find /tmp /var/tmp /dev/shm /root /home /opt /srv /usr -type f -newer /var/begun';
    assert.equal(await at.guest.inGuest(files), '');
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
    await nothingLeft();
  });

  it('says what an echo answered that is none, and follows it nowhere', async () => {
    const echo = await startStrangeEcho(at);
    try {
      for (const [path, said] of [
        ['nonsense', /Sign in/],
        ['elsewhere', /HTTP 302/],
      ] as const) {
        for (const { proof, findings } of await examine({ echoUrl: `http://203.0.113.1:8099/${path}` })) {
          assert.ok(proof.outbound.state === 'failed' && proof.outbound.reason.code === 'wrongAnswer');
          assert.match(proof.outbound.reason.answer, said);
          assert.equal(proof.inbound.state, 'passed');
          assert.deepEqual(findings, []);
        }
      }
    } finally {
      await echo.stop();
    }
    await nothingLeft();
  });

  it('comes to a clear end where the guest goes away in the middle, and leaves nothing there', async () => {
    const { vantageBlocked } = faults;
    await vantageBlocked.inject();
    try {
      const test = examine({ timeoutMilliseconds: 5000 });
      while ((await at.guest.inGuest('ss -Htln sport = :80')) === '') await sleep(50);
      await at.guest.inGuest("pkill -KILL -f '[s]shd: admin'");
      const seen = await test;
      assert.equal(seen.length, 3);
      const [, blocked] = seen;
      assert.ok(blocked?.proof.inbound.state === 'unproven', JSON.stringify(blocked?.proof));
      assert.equal(blocked.proof.inbound.reason.code, 'guestLost');
    } finally {
      await vantageBlocked.repair();
    }
    await nothingLeft();
  });

  it('tells another host that is lost in the middle from a guest that is', async () => {
    const { publicIp, instanceId } = at.vantage;
    const onVantage = async (script: string) => {
      const { code, stdout } = await at.guest.lab.runInGuest(instanceId, script);
      return { code, stdout: stdout.trim() };
    };
    const blocked = at.pairs[1].publicIp;
    await onVantage(
      `nft 'table ip wall { chain out { type filter hook output priority 0; ip daddr ${blocked} tcp dport 80 drop; }; }'`,
    );
    try {
      const test = examine({ via: publicIp, timeoutMilliseconds: 5000 });
      while ((await onVantage(`ss -Htn state syn-sent dst ${blocked}`)).stdout === '') await sleep(50);
      await onVantage("pkill -KILL -f '[s]shd: admin'");
      const [, second] = await test;
      assert.ok(second?.proof.inbound.state === 'unproven', JSON.stringify(second?.proof));
      assert.deepEqual(second.proof.inbound.reason, { code: 'vantageOffline', vantage: 'vantage' });
      assert.equal(second.proof.outbound.state, 'passed');
      assert.deepEqual(
        second.findings.map(({ code }) => code),
        ['vantageOffline'],
      );
    } finally {
      await onVantage('nft delete table ip wall');
    }
    await nothingLeft();
  });

  it('does not take it for a fault of the address where the guest falls silent without a word', async () => {
    const silence = await startSilence(at, at.pairs[1].publicIp);
    try {
      const [first, second, third] = await examine();
      assert.deepEqual([first?.findings, second?.findings, third?.findings], [[], [], []]);
      assert.ok(second?.proof.inbound.state === 'unproven', JSON.stringify(second?.proof));
      assert.equal(second.proof.inbound.reason.code, 'guestLost');
    } finally {
      await silence.stop();
    }
    await nothingLeft();
  });

  it('says of each address that sends mail whether its names agree, and sets the name that is missing', async () => {
    const [one, two, three] = at.pairs;
    const reverse = (publicIp: string) => `${publicIp.split('.').toReversed().join('.')}.in-addr.arpa`;
    const dns = await startDns(at, [
      `--host-record=mail1.example.com,${one.publicIp}`,
      `--address=/mail2.example.com/${two.publicIp}`,
      '--address=/other.example.com/198.51.100.99',
      `--ptr-record=${reverse(three.publicIp)},other.example.com`,
    ]);
    const heloNames = Object.fromEntries(
      at.pairs.map(({ privateAddress }, index) => [privateAddress, `mail${index + 1}.example.com`]),
    );
    const mailNames = { servers: ['203.0.113.1:5300'], heloNames, records: new Map() };
    const codes = (seen: readonly Named[]) => seen.map(({ findings }) => findings.map(({ code }) => code));
    try {
      const seen = await examine({ mailNames });
      const expected = [[], ['ptrMissing'], ['nameElsewhere', 'nameElsewhere', 'heloDiffers']];
      assert.deepEqual(codes(seen), expected, JSON.stringify(seen));
      seen.flatMap(({ findings }) => findings).forEach(assertWorded);
      const fix = seen[1]?.findings[0]?.fix;
      assert.deepEqual(fix, {
        recipe: 'reverseDns',
        spec: { allocationId: two.allocationId, domainName: 'mail2.example.com' },
      });
      await at.guest.operator().call('mend', { fix, addresses: [] });
      const asked = { AllocationIds: [two.allocationId], Attribute: 'domain-name' as const };
      const { Addresses } = await at.ec2.send(new DescribeAddressesAttributeCommand(asked));
      assert.match(Addresses?.[0]?.PtrRecord ?? '', /^mail2\.example\.com/);
    } finally {
      await dns.stop();
    }
    assert.deepEqual(codes(await examine({ mailNames })), [['dnsSilent'], ['dnsSilent'], ['dnsSilent']]);
  });

  it('tries a port of a host that only sends mail where something listens there, and calls nothing else a fault', async () => {
    const asSender = { ports: [2525], whereListening: true } as const;
    const kinds = (seen: readonly Named[]) =>
      seen.map(({ findings, proof: { inbound, outbound } }) => [
        'reason' in inbound ? inbound.reason.code : inbound.state,
        outbound.state,
        ...findings.map(({ code }) => code),
      ]);
    const sender = ['notListening', 'passed'];
    assert.deepEqual(kinds(await examine(asSender)), [sender, sender, sender]);
    const { privateAddress } = at.pairs[1];
    const listen = 'import socket, time; s = socket.create_server((sys.argv[1], 2525)); time.sleep(600)';
    await at.guest.inGuest(
      `python3 -c 'import sys; ${listen}' ${privateAddress} >/dev/null 2>&1 </dev/null & echo $! >/run/listener`,
    );
    try {
      while ((await at.guest.inGuest('ss -Htln sport = :2525')) === '') await sleep(50);
      const receiver = ['timeout', 'passed', 'securityGroupInbound'];
      assert.deepEqual(kinds(await examine(asSender)), [sender, receiver, sender]);
      // A person who asks for the port wants it reached at every address.
      const fault = (await examine({ ports: [2525] })).map(({ findings }) =>
        findings.map(({ code }) => code),
      );
      assert.deepEqual(
        fault,
        Array.from({ length: 3 }, () => ['securityGroupInbound']),
      );
    } finally {
      await at.guest.inGuest('kill "$(cat /run/listener)"; rm /run/listener');
    }
    await nothingLeft();
  });

  for (const name of faultNames) it(`names ${name}`, () => judge([name]));
  for (const pair of pairsOfFaults) it(`names both ${pair.join(' and ')}`, () => judge(pair));

  it('finds nothing once all has been mended', async () => {
    assertHealthy(await examine());
  });

  it('finds nothing on fifty pairs of two ENIs', async () => {
    await at.guest.inGuest('touch /var/begun');
    const seen = await examine({ pairs: await fiftyPairs(at), timeoutMilliseconds: 5000 });
    assert.equal(seen.length, 50);
    assertHealthy(seen);
    await nothingLeft();
  });

  it('is wrong in nothing and misses nothing', () => {
    assert.deepEqual([...faultNames].sort(), Object.keys(faults).sort(), 'every fault was tried');
    assert.deepEqual(
      tallies.filter(({ wrongly, missed }) => wrongly + missed > 0),
      [],
    );
  });
});
