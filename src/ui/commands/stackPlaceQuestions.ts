import * as l10n from '@vscode/l10n';
import { nextFreeRange } from '../../core/model/addresses.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { StackSpec } from '../../core/plan/recipes/createStack.ts';
import type { StackPlace } from '../../core/plan/recipes/stackNetwork.ts';
import { titleOf } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import { type Step, runWizard } from '../wizard/wizard.ts';
import { withAddressesIn } from './stackQuestions.ts';

/** As large as the walk's own. */
const SUBNET_PREFIX = 24;

function askSubnetPlace(index: InventoryIndex): Step<StackPlace> {
  return async ({ subnetId, ...place }, at) => {
    const chosen = await askPick<string | undefined>(at, {
      placeholder: l10n.t('Subnet'),
      choices: [
        { label: l10n.t('A new subnet'), value: undefined },
        ...index.subnetsOfVpc(place.vpcId).map((subnet) => ({
          label: titleOf(subnet),
          description: [subnet.id, subnet.cidr, subnet.availabilityZone].join(' · '),
          value: subnet.id,
        })),
      ],
      selected: (id) => id === subnetId,
    });
    return chosen === undefined ? place : { ...place, subnetId: chosen };
  };
}

function askGroupPlace(index: InventoryIndex): Step<StackPlace> {
  return async ({ groupId, ...place }, at) => {
    const groups = index.inventory.securityGroups.filter(({ vpcId }) => vpcId === place.vpcId);
    const chosen = await askPick<string | undefined>(at, {
      placeholder: l10n.t('Security group'),
      choices: [
        { label: l10n.t('A new security group'), value: undefined },
        ...groups.map(({ id, name }) => ({ label: name, description: id, value: id })),
      ],
      selected: (id) => id === groupId,
    });
    return chosen === undefined ? place : { ...place, groupId: chosen };
  };
}

/** Asks for the VPC, the subnet and the group that a stack is to use; `undefined` for all new ones. */
export async function askStackPlace(index: InventoryIndex, title: string): Promise<StackPlace | undefined> {
  const { vpcs } = index.inventory;
  if (vpcs.length === 0) return undefined;
  const vpcId = await askPick<string | undefined>(
    { title, step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('VPC'),
      choices: [
        { label: l10n.t('A new VPC'), value: undefined },
        ...vpcs.map((vpc) => ({
          label: titleOf(vpc),
          description: [vpc.id, ...vpc.cidrs].join(' · '),
          value: vpc.id,
        })),
      ],
    },
  );
  if (vpcId === undefined) return undefined;
  return runWizard<StackPlace>(title, [askSubnetPlace(index), askGroupPlace(index)], { vpcId });
}

/** The spec in that place, with ranges and addresses that fit there. */
export function specInside(spec: StackSpec, inside: StackPlace, index: InventoryIndex): StackSpec {
  const [outer = ''] = index.vpcs.get(inside.vpcId)?.cidrs ?? [];
  const taken = index.subnetsOfVpc(inside.vpcId).map(({ cidr }) => cidr);
  const { subnetId = '' } = inside;
  const cidr = index.subnets.get(subnetId)?.cidr ?? nextFreeRange(outer, taken, SUBNET_PREFIX) ?? outer;
  const placed = {
    ...spec,
    inside,
    vpc: { ...spec.vpc, cidr: outer },
    subnet: { ...spec.subnet, cidr },
  };
  return withAddressesIn(placed, index.holdersInSubnet(subnetId));
}
