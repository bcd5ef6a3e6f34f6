import assert from 'node:assert/strict';
import { diagnose } from '../../../../src/core/diagnose/diagnose.ts';
import type { GuestState } from '../../../../src/core/diagnose/facts.ts';
import type { Finding, FindingCode } from '../../../../src/core/diagnose/finding.ts';
import type { Eni, Inventory } from '../../../../src/core/model/network.ts';
import { fixLabel, findingWords } from '../../../../src/words/findingText.ts';
import { guestWith } from '../../guest/guestFacts.ts';
import { idleEip } from '../smallRegion.ts';
import { factsOf, healthy } from './healthy.ts';
import type { Draft } from './healthy.ts';

const address = '192.168.1.101';

function editEni(draft: Draft, edit: (eni: Eni) => Eni): void {
  draft.region = { ...draft.region, enis: draft.region.enis.map(edit) };
}

function editRoutes(draft: Draft, routes: Inventory['routeTables'][number]['routes']): void {
  const [table] = draft.region.routeTables;
  assert.ok(table);
  const kept = table.routes.filter(({ target }) => target === 'local');
  draft.region = { ...draft.region, routeTables: [{ ...table, routes: [...kept, ...routes] }] };
}

function editGuest(draft: Draft, edit: (guest: GuestState) => Partial<GuestState>): void {
  if (draft.guest !== undefined) draft.guest = { ...draft.guest, ...edit(draft.guest) };
}

function unpair(draft: Draft): void {
  editEni(draft, (eni) => ({
    ...eni,
    addresses: eni.addresses.map(({ association, ...bare }) =>
      bare.address === address ? bare : { ...bare, ...(association && { association }) },
    ),
  }));
  draft.region = {
    ...draft.region,
    eips: draft.region.eips.map((eip) => (eip.publicIp === idleEip.publicIp ? idleEip : eip)),
  };
}

const fails = {
  state: 'failed',
  milliseconds: 1000,
  reason: { code: 'timeout', host: 'x', port: 80 },
} as const;

function timeOut(draft: Draft, arrived: readonly number[]): void {
  const { proof } = draft.facts;
  assert.ok(proof);
  const ports = [{ port: 80, verdict: fails }];
  draft.facts = { ...draft.facts, arrived: new Set(arrived), proof: { ...proof, inbound: fails, ports } };
}

const live = [{ address, prefixLength: 32, label: 'eth0:1', dynamic: false }];
const plain = 'auto eth0\niface eth0 inet dhcp\n';

/** Each layer broken by itself. */
const faults: Readonly<Partial<Record<FindingCode, (draft: Draft) => void>>> = {
  notAssociated: unpair,
  associatedElsewhere: (draft) => {
    unpair(draft);
    const association = { associationId: 'a', networkInterfaceId: 'eni-2', privateAddress: '192.168.1.7' };
    draft.region = {
      ...draft.region,
      eips: draft.region.eips.map((eip) =>
        eip.publicIp === idleEip.publicIp ? { ...eip, association } : eip,
      ),
    };
  },
  gatewayDetached: (draft) => {
    unpair(draft);
    draft.region = { ...draft.region, internetGateways: [{ id: 'igw-1', vpcIds: [], tags: {} }] };
    draft.region = {
      ...draft.region,
      routeTables: draft.region.routeTables.map((table) => ({
        ...table,
        routes: table.routes.map((route) =>
          route.target === 'igw-1' ? { ...route, state: 'blackhole' as const } : route,
        ),
      })),
    };
  },
  routeMissing: (draft) => {
    editRoutes(draft, []);
  },
  routeBlackhole: (draft) => {
    editRoutes(draft, [{ destination: '0.0.0.0/0', target: 'eni-9', state: 'blackhole' }]);
  },
  routeElsewhere: (draft) => {
    editRoutes(draft, [{ destination: '0.0.0.0/0', target: 'nat-1', state: 'active' }]);
  },
  securityGroupInbound: (draft) => {
    const securityGroups = draft.region.securityGroups.map((group) => ({ ...group, ingress: [] }));
    draft.region = { ...draft.region, securityGroups };
  },
  securityGroupOutbound: (draft) => {
    const securityGroups = draft.region.securityGroups.map((group) => ({ ...group, egress: [] }));
    draft.region = { ...draft.region, securityGroups };
  },
  networkAclInbound: (draft) => {
    const rule = {
      number: 50,
      egress: false,
      protocol: '6',
      allow: false,
      cidr: '203.0.113.0/24',
      fromPort: 80,
      toPort: 80,
    };
    draft.acl = { ...draft.acl, rules: [rule, ...draft.acl.rules] };
  },
  networkAclOutbound: (draft) => {
    const rule = {
      number: 50,
      egress: true,
      protocol: '6',
      allow: false,
      cidr: '203.0.113.1/32',
      fromPort: 55_000,
      toPort: 55_100,
    };
    draft.acl = { ...draft.acl, rules: [rule, ...draft.acl.rules] };
  },
  eniNotAttached: (draft) => {
    editEni(draft, ({ attachment, ...eni }) =>
      attachment === undefined ? eni : { ...eni, status: 'available' },
    );
  },
  instanceNotRunning: (draft) => {
    draft.region = {
      ...draft.region,
      instances: draft.region.instances.map((one) => ({ ...one, state: 'stopped' })),
    };
  },
  addressNotInOs: (draft) => {
    editGuest(draft, () => ({ facts: guestWith({ '/etc/network/interfaces': plain }), waysBack: new Map() }));
  },
  addressNotOnDisk: (draft) => {
    editGuest(draft, () => ({ facts: guestWith({ '/etc/network/interfaces': plain }, { live }) }));
  },
  addressOnDiskOnly: (draft) => {
    editGuest(draft, ({ facts }) => ({
      facts: {
        ...facts,
        interfaces: facts.interfaces.map((nic) => ({ ...nic, addresses: nic.addresses.slice(0, 1) })),
      },
      waysBack: new Map(),
    }));
  },
  hostFirewall: (draft) => {
    editGuest(draft, () => ({
      firewall: {
        nft: '',
        iptables: '*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n',
      },
    }));
  },
  sourceRuleMissing: (draft) => {
    editGuest(draft, () => ({
      waysBack: new Map([[address, { leavesBy: 'eth1', shown: 'dev eth1', marked: [] }]]),
    }));
  },
  rpFilter: (draft) => {
    editGuest(draft, () => ({
      waysBack: new Map([[address, { leavesBy: 'eth1', shown: 'dev eth1', marked: ['eth0'] }]]),
    }));
  },
  nothingListens: (draft) => {
    draft.facts = { ...draft.facts, service: true };
    editGuest(draft, () => ({ sockets: [] }));
  },
  listensElsewhere: (draft) => {
    draft.facts = { ...draft.facts, service: true };
    editGuest(draft, () => ({ sockets: [{ address: '127.0.0.1', port: 80 }] }));
  },
  vantageOffline: (draft) => {
    draft.facts = { ...draft.facts, vantage: { ...draft.facts.vantage, online: false } };
  },
  vantageBlocked: (draft) => {
    timeOut(draft, []);
  },
  port25Blocked: (draft) => {
    draft.facts = { ...draft.facts, mail: 'timeout' };
  },
};

/** What one fault makes invisible or impossible of another: there is nothing to see then. */
const exclusive: readonly (readonly FindingCode[])[] = [
  // The same thing in several states.
  ['notAssociated', 'associatedElsewhere'],
  ['routeMissing', 'routeBlackhole', 'routeElsewhere'],
  ['addressNotInOs', 'addressNotOnDisk', 'addressOnDiskOnly'],
  ['sourceRuleMissing', 'rpFilter'],
  ['nothingListens', 'listensElsewhere'],
  ['eniNotAttached', 'instanceNotRunning'],
  // Nothing is paired without a gateway; its mending pairs again.
  ['gatewayDetached', 'notAssociated'],
  ['gatewayDetached', 'associatedElsewhere'],
  // The route whose gateway nobody can name any more: told as one that is missing.
  ['gatewayDetached', 'routeMissing'],
  ['gatewayDetached', 'routeBlackhole'],
  ['gatewayDetached', 'routeElsewhere'],
  // An address that the system does not have has no way back to be looked at.
  ['addressNotInOs', 'sourceRuleMissing'],
  ['addressNotInOs', 'rpFilter'],
  ['addressOnDiskOnly', 'sourceRuleMissing'],
  ['addressOnDiskOnly', 'rpFilter'],
];

/** What never arrives whatever the vantage does says nothing of the vantage. */
const hidesVantage: readonly FindingCode[] = [
  ...['notAssociated', 'associatedElsewhere', 'gatewayDetached', 'routeMissing', 'routeBlackhole'],
  ...['routeElsewhere', 'eniNotAttached', 'instanceNotRunning', 'vantageOffline'],
  ...['securityGroupInbound', 'networkAclInbound'],
] as FindingCode[];

function codesWith(codes: readonly FindingCode[]): readonly FindingCode[] {
  const draft = healthy();
  for (const code of codes) faults[code]?.(draft);
  return findings(draft)
    .map(({ code }) => code)
    .sort();
}

function findings(draft: Draft): readonly Finding[] {
  return diagnose(factsOf(draft));
}

describe('the diagnosis', () => {
  const all = Object.keys(faults) as FindingCode[];

  it('finds nothing at a pair that is in order', () => {
    assert.deepEqual(codesWith([]), []);
  });

  for (const code of all)
    it(`names ${code} alone`, () => {
      assert.deepEqual(codesWith([code]), [code]);
    });

  it('names both of any two faults that can be at once', () => {
    let tried = 0;
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(index + 1)) {
        if (exclusive.some((codes) => codes.includes(one) && codes.includes(other))) continue;
        if (one === 'vantageBlocked' && hidesVantage.includes(other)) continue;
        if (other === 'vantageBlocked' && hidesVantage.includes(one)) continue;
        assert.deepEqual(codesWith([one, other]), [one, other].sort(), `${one} and ${other}`);
        tried += 1;
      }
    }
    assert.ok(tried > 200, String(tried));
  });

  it('words each finding and each fix', () => {
    for (const code of all) {
      const draft = healthy();
      faults[code]?.(draft);
      for (const found of findings(draft)) {
        const { fault, advice } = findingWords(found);
        assert.doesNotMatch(`${fault} ${advice}`, /undefined|\{\d\}/);
        if (found.fix !== undefined) assert.match(fixLabel(found.fix), /…$/);
      }
    }
  });

  it('says of the guest nothing where it could not be read', () => {
    const draft = healthy();
    faults.hostFirewall?.(draft);
    draft.guest = undefined;
    assert.deepEqual(findings(draft), []);
  });

  it('takes what a firewall that it cannot read does from what was seen', () => {
    const draft = healthy();
    editGuest(draft, () => ({
      firewall: {
        nft: '',
        iptables: '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m geoip --source-country XX -j DROP\nCOMMIT\n',
      },
    }));
    assert.deepEqual(findings(draft), []);
    timeOut(draft, [80]);
    assert.deepEqual(
      findings(draft).map(({ code }) => code),
      ['hostFirewall'],
    );
  });

  it('opens the port for the vantage alone, and lets pass with a free number', () => {
    const draft = healthy();
    faults.securityGroupInbound?.(draft);
    faults.networkAclInbound?.(draft);
    const specs = findings(draft).map(({ fix }) => fix?.recipe === 'mend' && fix.spec);
    assert.deepEqual(specs, [
      {
        what: 'acl',
        entry: {
          networkAclId: 'acl-1',
          ruleNumber: 49,
          egress: false,
          cidr: '203.0.113.1/32',
          fromPort: 80,
          toPort: 80,
        },
      },
      {
        what: 'ports',
        groupId: 'sg-1',
        direction: 'ingress',
        ports: [{ protocol: 'tcp', fromPort: 80, toPort: 80, source: '203.0.113.1/32' }],
      },
    ]);
  });
});
