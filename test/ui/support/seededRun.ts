import { finding } from '../../../src/core/diagnose/finding.ts';
import type { Finding } from '../../../src/core/diagnose/finding.ts';
import { layers } from '../../../src/core/diagnose/layers.ts';
import type { PacketWay } from '../../../src/core/diagnose/packetWay.ts';
import type { RunRow, ValidationRun } from '../../../src/core/diagnose/run.ts';
import type { Verdict } from '../../../src/core/probe/proof.ts';

const looked = layers.filter((layer) => layer !== 'inbound' && layer !== 'outbound');
const groupIds = ['sg-0a1b2c3d4e5f60718'];
const networkInterfaceId = 'eni-0a1b2c3d4e5f60718';

const way: PacketWay = {
  ...{ vantage: '', from: '203.0.113.10', gatewayId: 'igw-0a1b2c3d4e5f60718' },
  ...{ routeTableId: 'rtb-0a1b2c3d4e5f60718', networkAclId: 'acl-0a1b2c3d4e5f60718', groupIds },
  ...{ instanceId: 'i-0a1b2c3d4e5f60718', nic: 'eth0', ports: [80], looked },
};

function row(last: number, parts: Partial<RunRow>, eni: string): RunRow {
  const privateAddress = `192.168.1.${last}`;
  const pair = { networkInterfaceId, privateAddress, publicIp: `198.51.100.${last - 90}` };
  const inbound: Verdict = {
    ...{ state: 'passed', milliseconds: 3 },
    evidence: { kind: 'token', port: 80, localAddress: privateAddress },
  };
  const outbound: Verdict = {
    ...{ state: 'passed', milliseconds: 4 },
    evidence: { kind: 'echo', seenAs: pair.publicIp },
  };
  const { publicIp } = pair;
  const ways = { ec2: { publicIp }, metadata: { held: true, publicIp }, live: true, files: true };
  return {
    pair,
    eni,
    primary: last === 100,
    proof: { pair, inbound, outbound },
    findings: [],
    ways,
    way,
    ...parts,
  };
}

function failing(last: number, found: Finding, parts: Partial<RunRow>, eni: string): RunRow {
  const good = row(last, {}, eni);
  const { publicIp: host = '' } = good.pair;
  const inbound: Verdict = {
    state: 'failed',
    milliseconds: 5000,
    reason: { code: 'timeout', host, port: 80 },
  };
  const { outbound = inbound } = good.proof ?? {};
  return { ...good, proof: { pair: good.pair, inbound, outbound }, findings: [found], ...parts };
}

/** A validation as an earlier window kept it: pairs that work, and one a layer that does not; `seen` is what told so. */
export function seededRun(eni: string, seen = 'tcp 22 0.0.0.0/0'): ValidationRun {
  const address = '192.168.1.102';
  const closed = finding(
    'securityGroupInbound',
    { groupIds, port: 80, peer: '203.0.113.10' },
    [{ source: `DescribeSecurityGroups ${groupIds.join()} ingress`, shown: seen }],
    {
      recipe: 'mend',
      spec: {
        ...{ what: 'ports', groupId: groupIds.join(), direction: 'ingress' },
        ports: [{ protocol: 'tcp', fromPort: 80, toPort: 80, source: '203.0.113.10/32' }],
      },
    },
  );
  const missing = finding(
    'addressNotInOs',
    { address, nic: 'eth0' },
    [{ source: 'ip -4 addr show dev eth0', shown: '192.168.1.100/24, 192.168.1.101/32' }],
    { recipe: 'configureGuest', networkInterfaceId },
  );
  const back = finding('sourceRuleMissing', { address: '192.168.1.103', nic: 'eth1', leavesBy: 'eth0' }, []);
  const rows = [
    row(100, {}, eni),
    failing(101, closed, {}, eni),
    failing(102, missing, { ways: { ec2: {}, metadata: undefined, live: false, files: false } }, eni),
    failing(103, back, {}, eni),
    row(104, { findings: [], way: { ...way, looked: looked.slice(0, 6) } }, eni),
  ];
  return {
    ...{ version: 1, at: '2026-11-29T03:00:00.000Z', region: 'us-east-1', method: 'listener', ports: [80] },
    ...{ vantage: '', rows },
  };
}

/** The same with what others see of each address that sends mail: names that agree, that differ, and none. */
export function seededMailRun(eni: string): ValidationRun {
  const run = seededRun(eni);
  const rows = run.rows.map((row, index): RunRow => {
    const { publicIp = '', privateAddress: address } = row.pair;
    const ptr = `mail${index}.a-rather-long-subdomain.example.com`;
    const helo = index === 1 ? 'localhost.localdomain' : ptr;
    const found: readonly Finding[] = [
      ...(index === 1 ? [finding('heloDiffers', { address, helo, ptr: [ptr] }, [])] : []),
      ...(index === 2 ? [finding('ptrMissing', { publicIp }, [])] : []),
    ];
    const mail = {
      ...{ publicIp, helo, ptr: index === 2 ? [] : [ptr] },
      ...{ forward: { [ptr]: [publicIp] }, ec2: {} },
    };
    return { ...row, mail, findings: [...(row.findings ?? []), ...found] };
  });
  return { ...run, at: '2026-11-29T02:00:00.000Z', rows };
}
