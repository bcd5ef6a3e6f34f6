import { deepEqual, equal } from 'node:assert/strict';
import { indexInventory } from '../../../../src/core/model/inventoryIndex.ts';
import { eip, eni, idleEip, smallRegion } from '../smallRegion.ts';

describe('the index of an inventory', () => {
  const index = indexInventory(smallRegion);

  it('pairs each address of an ENI with its EIP, in the order of the ENI', () => {
    deepEqual(index.pairsOfEni('eni-1'), [
      { eni, address: eni.addresses[0], eip },
      { eni, address: eni.addresses[1] },
    ]);
    deepEqual(index.pairsOfEni('eni-2'), []);
  });

  it('knows the EIPs that serve nothing', () => {
    deepEqual(index.idleEips, [idleEip]);
  });

  it('gives a subnet the table of its own, or else the main one', () => {
    equal(index.routeTableOfSubnet('subnet-1')?.id, 'rtb-1');
    const own = {
      ...smallRegion.routeTables[0],
      id: 'rtb-2',
      vpcId: 'vpc-1',
      isMain: false,
      routes: [],
      tags: {},
      associations: [{ id: 'rtbassoc-1', subnetId: 'subnet-1' }],
    };
    const routeTables = [...smallRegion.routeTables, own];
    equal(indexInventory({ ...smallRegion, routeTables }).routeTableOfSubnet('subnet-1')?.id, 'rtb-2');
    equal(index.routeTableOfSubnet('subnet-9'), undefined);
  });

  it('knows who holds an address, by itself or by a prefix', () => {
    const prefixed = { ...eni, id: 'eni-2', addresses: [], prefixes: ['192.168.1.16/28'] };
    const holders = indexInventory({ ...smallRegion, enis: [eni, prefixed] }).holdersInSubnet('subnet-1');
    equal(holders.get('192.168.1.100'), 'eni-1');
    equal(holders.get('192.168.1.16'), 'eni-2');
    equal(holders.get('192.168.1.31'), 'eni-2');
    equal(holders.get('192.168.1.32'), undefined);
    equal(holders.size, 18);
  });

  it('finds what is in a VPC', () => {
    deepEqual(index.enisOfVpc('vpc-1'), [eni]);
    deepEqual(index.subnetsOfVpc('vpc-1'), smallRegion.subnets);
    deepEqual(index.enisOfVpc('vpc-2'), []);
  });
});
