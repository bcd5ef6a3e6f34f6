import { deepEqual, equal } from 'node:assert/strict';
import { joinPairs } from '../../../../src/core/aws/join.ts';
import type { Eip, Eni } from '../../../../src/core/model/network.ts';
import { eip, eni, idleEip } from '../smallRegion.ts';

const withoutPairs: Eni = {
  ...eni,
  addresses: eni.addresses.map(({ address, primary }) => ({ address, primary })),
};
const withoutPlace: Eip = { allocationId: eip.allocationId, publicIp: eip.publicIp, tags: eip.tags };
const joined = { enis: [eni], eips: [eip, idleEip] };

describe('pairs that two describes tell of', () => {
  it('are the same where both know them', () => {
    deepEqual(joinPairs([eni], [eip, idleEip]), joined);
  });

  it('are on both sides where only the ENI knows them', () => {
    deepEqual(joinPairs([eni], [withoutPlace, idleEip]), joined);
  });

  it('are on both sides where only the EIP knows them', () => {
    deepEqual(joinPairs([withoutPairs], [eip, idleEip]), joined);
  });

  it('are where the EIP says, if the two differ', () => {
    const place = {
      associationId: 'eipassoc-2',
      networkInterfaceId: 'eni-1',
      privateAddress: '192.168.1.101',
    };
    const moved = joinPairs([eni], [{ ...eip, association: place }]);
    deepEqual(
      moved.enis[0]?.addresses.map(({ association }) => association?.associationId),
      [undefined, 'eipassoc-2'],
    );
  });

  it('keep a public address that nobody allocated', () => {
    const association = { associationId: '', publicIp: '203.0.113.9' };
    const auto: Eni = { ...eni, addresses: [{ address: '192.168.1.100', primary: true, association }] };
    deepEqual(joinPairs([auto], []), { enis: [auto], eips: [] });
  });

  it('belong to whoever manages the ENI', () => {
    const nat = { ...eni, managedBy: 'nat_gateway' };
    equal(joinPairs([nat], [eip]).eips[0]?.managedBy, 'nat_gateway');
    equal(joinPairs([nat], [idleEip]).eips[0]?.managedBy, undefined);
  });
});
