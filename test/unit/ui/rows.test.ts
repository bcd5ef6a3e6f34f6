import assert from 'node:assert/strict';
import type { PairProof } from '../../../src/core/probe/proof.ts';
import { ProofBook } from '../../../src/ui/proofBook.ts';
import { elasticIpRows } from '../../../src/ui/tree/elasticIpRows.ts';
import { filterRows } from '../../../src/ui/tree/filterRows.ts';
import { regionTree } from '../../../src/ui/tree/networkRows.ts';
import { contextValue } from '../../../src/ui/tree/row.ts';
import type { Row } from '../../../src/ui/tree/row.ts';
import { eniWith, indexOf, walk } from './inventory.ts';

function all(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [row, ...all(row.children?.() ?? [])]);
}

function rowsOf(index = indexOf(), proofs = new ProofBook()): readonly Row[] {
  return all(regionTree(index, { profile: 'lab', account: '123456789012' }, proofs));
}

function find(rows: readonly Row[], id: string): Row {
  const row = rows.find((each) => each.id === id);
  assert.ok(row, `there is no row ${id}`);
  return row;
}

const passed: PairProof = {
  pair: { networkInterfaceId: 'eni-1', privateAddress: '192.168.1.100', publicIp: '198.51.100.10' },
  inbound: {
    state: 'passed',
    milliseconds: 3,
    evidence: { kind: 'token', port: 80, localAddress: '192.168.1.100' },
  },
  outbound: { state: 'passed', milliseconds: 3, evidence: { kind: 'echo', seenAs: '198.51.100.10' } },
};

describe('the rows of the network', () => {
  it('go from the Region over VPC and ENI to the address pairs, the default VPC last', () => {
    const ids = rowsOf().map(({ id }) => id);
    const expected = ['region/eu-central-1', 'vpc-1', 'eni-1', 'eni-1/192.168.1.100', 'eni-1/192.168.1.101'];
    assert.deepEqual(ids, [...expected, 'vpc-0']);
  });

  it('say what each can do', () => {
    const rows = rowsOf();
    assert.equal(contextValue(find(rows, 'vpc-1')), 'vpc removable running');
    assert.equal(contextValue(find(rows, 'vpc-0')), 'vpc');
    assert.equal(contextValue(find(rows, 'eni-1')), 'eni editable unpaired running');
    assert.equal(contextValue(find(rows, 'eni-1/192.168.1.100')), 'address paired editable running');
    assert.equal(contextValue(find(rows, 'eni-1/192.168.1.101')), 'address unpaired editable running');
  });

  it('offer no change to an ENI that a service manages', () => {
    const rows = rowsOf(indexOf({ enis: [eniWith({ managedBy: 'amazon-elb' })] }));
    for (const id of ['eni-1', 'eni-1/192.168.1.100', 'eni-1/192.168.1.101']) {
      assert.ok(!find(rows, id).tokens.includes('editable'), id);
    }
  });

  it('offer no unpairing of an auto-assigned public IP, which nobody allocated', () => {
    const association = { associationId: 'assoc-9', publicIp: '203.0.113.9' };
    const address = { address: '192.168.1.100', primary: true, association };
    const rows = rowsOf(indexOf({ enis: [eniWith({ addresses: [address] })] }));
    assert.equal(contextValue(find(rows, 'eni-1/192.168.1.100')), 'address paired running');
  });

  it('keep a proof only while the same EIP is on the address', () => {
    const proofs = new ProofBook();
    proofs.put(passed, new Date());
    assert.equal(find(rowsOf(indexOf(), proofs), 'eni-1/192.168.1.100').icon, 'pass-filled');
    const moved = { associationId: 'assoc-2', allocationId: 'alloc-2', publicIp: '198.51.100.9' };
    const address = { address: '192.168.1.100', primary: true, association: moved };
    const rows = rowsOf(indexOf({ enis: [eniWith({ addresses: [address] })] }), proofs);
    assert.equal(find(rows, 'eni-1/192.168.1.100').icon, 'link');
  });

  it('have ids that are unique and stay over a refresh', () => {
    const before = rowsOf().map(({ id }) => id);
    assert.equal(new Set(before).size, before.length);
    assert.deepEqual(
      rowsOf(indexOf({ takenAt: '2025-01-01T00:00:00.000Z' })).map(({ id }) => id),
      before,
    );
  });

  it('show hostile names letter by letter', () => {
    const hostile = '<img src=x onerror=alert(1)> [a](command:x) $(trash) \u202eabc \u{1f4a5}';
    const rows = rowsOf(indexOf({ enis: [eniWith({ tags: { Name: hostile } })] }));
    assert.equal(find(rows, 'eni-1').label, hostile);
  });
});

describe('the rows of the network, looked at otherwise', () => {
  const whose = { profile: 'lab' };

  it('stand under their instances, and those of none by themselves', () => {
    const { attachment, ...alone } = eniWith({ id: 'eni-2' });
    assert.ok(attachment);
    const index = indexOf({ enis: [eniWith({}), alone] });
    const rows = all(regionTree(index, whose, new ProofBook(), 'instance'));
    const ids = rows.filter(({ target }) => target.kind !== 'address').map(({ id }) => id);
    assert.deepEqual(ids, ['region/eu-central-1', 'i-1', 'eni-1', 'eni-2']);
    assert.equal(contextValue(find(rows, 'i-1')), 'instance running');
  });

  it('are found by an address, with what stands above them', () => {
    const roots = regionTree(indexOf(), whose, new ProofBook());
    const kinds = (text: string) =>
      all(filterRows(roots, text)).map(({ target, expanded }) => [target.kind, expanded]);
    const found = [
      ['region', true],
      ['vpc', true],
      ['eni', true],
      ['address', undefined],
    ];
    assert.deepEqual(kinds('198.51.100.10'), found);
    assert.deepEqual(kinds(' 192.168.1.101 '), found);
    assert.deepEqual(kinds('nowhere'), []);
    assert.deepEqual(filterRows(roots, ''), roots);
    assert.equal(kinds('STANDALONE').length, 5);
  });

  it('say whether the address is in the OS, and when it was proven', () => {
    const proofs = new ProofBook();
    proofs.put(passed, new Date(2024, 4, 6, 7, 8, 9));
    proofs.putOs('eni-1', new Map([['192.168.1.101', false]]), new Date());
    const rows = rowsOf(indexOf(), proofs);
    const proven = find(rows, 'eni-1/192.168.1.100');
    assert.match(proven.description, /in the OS · works at .*7:08 ?[AP]M/);
    assert.equal(proven.mark, 'proven');
    assert.match(find(rows, 'eni-1/192.168.1.101').description, /not in the OS/);
  });
});

describe('the rows of the Elastic IPs', () => {
  it('say what each costs and what its reverse DNS is', () => {
    const [idle, paired] = elasticIpRows(indexOf(), new Map([['alloc-1', 'mail.example.com.']]));
    assert.match(idle?.description ?? '', /\$3\.65 a month/);
    assert.equal(idle?.mark, 'idle');
    assert.ok(paired?.description.endsWith(' · mail.example.com.'), paired?.description);
    assert.ok(paired?.tooltip.some((line) => line.includes('$3.65')));
  });

  it('begin with the idle ones', () => {
    assert.deepEqual(
      elasticIpRows(indexOf(), new Map()).map(({ id }) => id),
      ['alloc-2', 'alloc-1'],
    );
  });

  it('tell idle from paired ones, and leave a service’s alone', () => {
    const [idle, paired] = elasticIpRows(indexOf(), new Map());
    assert.ok(idle && paired);
    assert.equal(contextValue(idle), 'eip idle editable');
    assert.equal(contextValue(paired), 'eip paired editable');
    const managed = walk.eips.map((eip) => ({ ...eip, managedBy: 'nat-gateway' }));
    for (const row of elasticIpRows(indexOf({ eips: managed }), new Map()))
      assert.ok(!row.tokens.includes('editable'));
  });
});
