import assert from 'node:assert/strict';
import { defaultStack, planStack } from '../../../src/core/plan/recipes/createStack.ts';
import type { StackSpec } from '../../../src/core/plan/recipes/createStack.ts';
import { stackPicture } from '../../../src/ui/plan/stackPicture.ts';
import { indexOf } from './inventory.ts';

function planned(changes: Partial<StackSpec> = {}, index?: ReturnType<typeof indexOf>) {
  return planStack(
    { ...defaultStack(), ...changes },
    {
      region: 'eu-central-1',
      imageId: 'ami-1',
      addressesPerInterface: 10,
      eipsInUse: 0,
      keyNames: [],
      ...(index && { index }),
    },
    { id: 'plan-1', createdAt: '2024-05-06T07:08:09.000Z' },
  );
}

const summed = (picture: ReturnType<typeof stackPicture>) =>
  picture?.stations.map(({ title, names, state }) => [title, names.join(' | '), state]);

describe('the picture of a stack that is planned', () => {
  it('leads from the Internet to the instance, and names what will be there', () => {
    const picture = stackPicture(planned());
    assert.equal(picture?.label, 'What there will be in VPC “standalone” 192.168.1.0/24');
    assert.deepEqual(summed(picture), [
      ['Internet', '', ''],
      ['Internet gateway', 'standalone', 'New'],
      ['Route', '0.0.0.0/0', 'New'],
      ['Subnet', 'standalone | 192.168.1.0/24', 'New'],
      ['Security group', 'vpc_standalone | Ports 22, 25, 80', 'New'],
      ['ENI', 'ENI-01 for standalone', 'New'],
      ['Addresses with Elastic IPs', '192.168.1.100 | 192.168.1.101', 'New'],
      ['Instance', 'standalone | t3.micro', 'New'],
    ]);
  });

  it('tells how many pairs there are where they are many', () => {
    const secondaries = ['192.168.1.101', '192.168.1.102', '192.168.1.103', '192.168.1.104'];
    const picture = stackPicture(planned({ eni: { ...defaultStack().eni, secondaries } }));
    const names = picture?.stations.find(({ title }) => title === 'Addresses with Elastic IPs')?.names;
    assert.deepEqual([names?.length, names?.at(-1)], [4, 'and 2 more']);
  });

  it('says what is there already', () => {
    const index = indexOf();
    const [subnet] = index.inventory.subnets;
    assert.ok(subnet !== undefined);
    const group = index.inventory.securityGroups.find(({ vpcId }) => vpcId === subnet.vpcId);
    const inside = { vpcId: subnet.vpcId, subnetId: subnet.id, ...(group && { groupId: group.id }) };
    const eni = { ...defaultStack().eni, primary: '192.168.1.200', secondaries: ['192.168.1.201'] };
    const made = summed(stackPicture(planned({ inside, eni }, index)));
    const there = made?.filter(([, , state]) => state === 'There already');
    assert.ok(
      there?.some(([title, names]) => title === 'Subnet' && names === subnet.id),
      JSON.stringify(made),
    );
    assert.ok(made?.some(([title, , state]) => title === 'ENI' && state === 'New'));
  });

  it('is drawn for no other plan', () => {
    assert.equal(stackPicture({ ...planned(), recipe: 'addPairs' }), undefined);
  });
});
