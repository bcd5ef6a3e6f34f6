import { doesNotMatch, match, ok } from 'node:assert/strict';
import type { CloudState } from '../../lab/cloud/state.ts';
import { policyOf } from '../../lab/network/policyOf.ts';
import { renderRules } from '../../lab/network/rules.ts';
import { walk } from './cloud.ts';

function rules(state: CloudState, outboundMail = false): string {
  return policyOf(state)
    .vpcs.map((vpc) => renderRules(vpc, { outboundMail }))
    .join('');
}

describe("the ruleset of a VPC's namespace", () => {
  it('translates each pair both ways', () => {
    match(rules(walk), /daddr set ip daddr map \{ 198\.51\.100\.10 : 192\.168\.1\.100, 198\.51\.100\.11 : /);
    match(rules(walk), /saddr set ip saddr map \{ 192\.168\.1\.100 : 198\.51\.100\.10, 192\.168\.1\.101 : /);
  });

  it('drops all that would cross the gateway where nothing is paired', () => {
    const unpaired = rules({ ...walk, internetGateways: [] });
    match(unpaired, /^ {4}iifname "gateway" drop$/m);
    match(unpaired, /^ {4}oifname "gateway" drop$/m);
    doesNotMatch(unpaired, / map /);
  });

  it('lets only the ENI addresses out, unless its source/destination check is off', () => {
    const own = '    ip saddr != { 192.168.1.100, 192.168.1.101 } drop';
    ok(rules(walk).includes(own));
    const router = walk.networkInterfaces.map((eni) => ({ ...eni, sourceDestCheck: false }));
    ok(!rules({ ...walk, networkInterfaces: router }).includes(own));
  });

  it('blocks outbound mail unless it is opened', () => {
    match(rules(walk), /oifname "gateway" tcp dport 25 drop/);
    doesNotMatch(rules(walk, true), /dport 25/);
  });

  for (const [type, code, expected] of [
    [-1, -1, 'meta l4proto 1 return'],
    [8, -1, 'meta l4proto 1 icmp type 8 return'],
    [3, 4, 'meta l4proto 1 icmp type 3 icmp code 4 return'],
  ] as const) {
    it(`understands ICMP type ${type} code ${code}`, () => {
      const permission = {
        ipProtocol: 'icmp',
        fromPort: type,
        toPort: code,
        cidrBlocks: ['0.0.0.0/0'],
        groupIds: [],
      };
      const groups = walk.securityGroups.map((group) => ({ ...group, ipPermissions: [permission] }));
      ok(rules({ ...walk, securityGroups: groups }).includes(`ip saddr 0.0.0.0/0 ${expected}`));
    });
  }
});
