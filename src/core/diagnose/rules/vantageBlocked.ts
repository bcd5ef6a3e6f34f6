import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { timedOut } from './hostFirewall.ts';

/** The way in front of AWS: nothing arrives at a port although AWS would let it in, and the vantage is online. */
export function vantageBlocked(facts: PairFacts, others: readonly Finding[]): readonly Finding[] {
  const { vantage, arrived, guest, ports } = facts;
  const { publicIp } = facts.pair;
  if (publicIp === undefined || guest === undefined || arrived === undefined) return [];
  return ports.flatMap((port) => {
    if (!timedOut(facts, port) || arrived.has(port) || isShut(port, others)) return [];
    const seen = [
      { source: `${vantage.name} → ${publicIp}:${port}`, shown: 'timeout' },
      { source: 'SYN', shown: '0' },
    ];
    return [finding('vantageBlocked', { vantage: vantage.name, publicIp, port }, seen)];
  });
}

/** Whether AWS itself keeps this port from being reached. */
function isShut(port: number, findings: readonly Finding[]): boolean {
  return findings.some((one) => {
    if (one.code === 'securityGroupInbound') return one.data.port === port;
    return one.code === 'networkAclInbound' && one.data.ports === String(port);
  });
}
