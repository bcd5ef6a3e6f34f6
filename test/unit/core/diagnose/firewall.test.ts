import assert from 'node:assert/strict';
import { judgeFirewall } from '../../../../src/core/diagnose/firewall/firewall.ts';

const connection = { from: '203.0.113.1', to: '192.168.1.101', port: 80, nic: 'eth0' };

function byIptables(rules: string): string {
  return judgeFirewall({ nft: '', iptables: `*filter\n${rules}\nCOMMIT\n` }, connection).verdict;
}

function byNft(chain: object, rules: readonly object[], more: readonly object[] = []): string {
  const place = { family: 'inet', table: 'f' };
  const nft = JSON.stringify({
    nftables: [
      { table: { family: 'inet', name: 'f' } },
      { chain: { ...place, name: 'in', type: 'filter', hook: 'input', prio: 0, policy: 'accept', ...chain } },
      ...more,
      ...rules.map((expr) => ({ rule: { ...place, chain: 'in', expr } })),
    ],
  });
  return judgeFirewall({ nft, iptables: '' }, connection).verdict;
}

const dport = (right: unknown) => ({
  match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right },
});

describe('the guest’s firewall', () => {
  it('lets in where there is none, or nothing that can be read', () => {
    assert.equal(judgeFirewall({ nft: '', iptables: '' }, connection).verdict, 'accept');
    assert.equal(judgeFirewall({ nft: 'not json', iptables: 'nonsense' }, connection).verdict, 'accept');
  });

  const iptables: readonly (readonly [string, string])[] = [
    [':INPUT ACCEPT [0:0]', 'accept'],
    [':INPUT DROP [0:0]', 'drop'],
    [':INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT', 'accept'],
    [':INPUT ACCEPT [0:0]\n-A INPUT -d 192.168.1.101/32 -p tcp -m tcp --dport 80 -j DROP', 'drop'],
    [':INPUT ACCEPT [0:0]\n-A INPUT -d 192.168.1.100/32 -p tcp -m tcp --dport 80 -j DROP', 'accept'],
    [':INPUT ACCEPT [0:0]\n-A INPUT ! -s 203.0.113.0/24 -j DROP', 'accept'],
    [':INPUT ACCEPT [0:0]\n-A INPUT ! -s 10.0.0.0/8 -j REJECT --reject-with icmp-port-unreachable', 'drop'],
    [':INPUT ACCEPT [0:0]\n-A INPUT -i eth1 -j DROP', 'accept'],
    [':INPUT ACCEPT [0:0]\n-A INPUT -i eth+ -p tcp -m multiport --dports 22,79:81 -j DROP', 'drop'],
    [
      ':INPUT ACCEPT [0:0]\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-A INPUT -j DROP',
      'drop',
    ],
    [
      ':INPUT DROP [0:0]\n:mine - [0:0]\n-A INPUT -j mine\n-A mine -m comment --comment "let it in" -j ACCEPT',
      'accept',
    ],
    [
      ':INPUT DROP [0:0]\n:mine - [0:0]\n-A INPUT -j mine\n-A mine -p udp -j ACCEPT\n-A mine -j RETURN',
      'drop',
    ],
    [
      ':INPUT ACCEPT [0:0]\n-A INPUT -j LOG --log-prefix "in: "\n-A INPUT -m geoip --source-country XX -j DROP',
      'unknown',
    ],
    [':INPUT DROP [0:0]\n-A INPUT -m recent --name x --set -j ACCEPT', 'unknown'],
    [':INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp --sport 80 -j DROP', 'drop'],
    [':INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]', 'accept'],
  ];
  for (const [rules, verdict] of iptables) {
    it(`says ${verdict} of iptables’ ${rules.split('\n').slice(1).join('; ') || rules}`, () => {
      assert.equal(byIptables(rules), verdict);
    });
  }

  it('reads sets, ranges, prefixes, maps and named sets of nftables', () => {
    const drop = { drop: null };
    assert.equal(byNft({}, [[dport({ set: [22, 80] }), { counter: {} }, drop]]), 'drop');
    assert.equal(byNft({}, [[dport({ range: [81, 90] }), drop]]), 'accept');
    assert.equal(byNft({}, [[dport({ set: [{ range: [70, 90] }] }), { reject: {} }]]), 'drop');
    const source = { payload: { protocol: 'ip', field: 'saddr' } };
    const prefix = { prefix: { addr: '203.0.113.0', len: 24 } };
    assert.equal(byNft({}, [[{ match: { op: '!=', left: source, right: prefix } }, drop]]), 'accept');
    assert.equal(
      byNft({ policy: 'drop' }, [[{ match: { op: '==', left: source, right: prefix } }, { accept: null }]]),
      'accept',
    );
    const key = { payload: { protocol: 'tcp', field: 'dport' } };
    const data = {
      set: [
        [22, { accept: null }],
        [80, { drop: null }],
      ],
    };
    assert.equal(byNft({}, [[{ vmap: { key, data } }]]), 'drop');
    const named = { set: { family: 'inet', table: 'f', name: 'shut', elem: [80] } };
    assert.equal(byNft({}, [[dport('@shut'), drop]], [named]), 'drop');
    assert.equal(byNft({}, [[dport('@unknown'), drop]]), 'unknown');
    assert.equal(byNft({}, [[{ xt: { type: 'match', name: 'geoip' } }, drop]]), 'unknown');
    assert.equal(
      byNft({}, [[{ match: { op: '==', left: { meta: { key: 'iifname' } }, right: 'lo' } }, drop]]),
      'accept',
    );
  });

  it('reads what iptables keeps in nftables from iptables alone', () => {
    const nft = JSON.stringify({
      nftables: [
        { chain: { family: 'ip', table: 'filter', name: 'INPUT', hook: 'input', policy: 'accept' } },
        { rule: { family: 'ip', table: 'filter', chain: 'INPUT', expr: [{ xt: null }, { drop: null }] } },
      ],
    });
    const iptables = '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport 25 -j DROP\nCOMMIT\n';
    assert.equal(judgeFirewall({ nft, iptables }, connection).verdict, 'accept');
  });
});
