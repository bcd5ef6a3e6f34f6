import * as l10n from '@vscode/l10n';
import {
  checkAddresses,
  nextFreeAddresses,
  parseCidr,
  parseNetworkCidr,
  parseSubnetCidr,
} from '../../core/model/addresses.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { OpenPort } from '../../core/plan/changes.ts';
import type { StackSpec } from '../../core/plan/recipes/createStack.ts';
import { checkNewSubnet } from '../../core/plan/recipes/stackNetwork.ts';
import { askText } from '../wizard/askText.ts';
import { problemOf } from '../wizard/problem.ts';
import type { Step } from '../wizard/wizard.ts';
import { isCount, parsePorts, portsText, words } from './lists.ts';

function required(value: string): string | undefined {
  return value === '' ? l10n.t('Write a name.') : undefined;
}

/** EC2 takes a few ASCII characters only in a group's name and description. */
function groupText(text: string): string {
  return text.replace(/[^\w ._:/()#,@[\]+=&;{}!$*-]/g, '-');
}

/** Names the stack; its parts are named after it. */
export const askName: Step<StackSpec> = async (spec, place) => {
  const name = await askText(place, {
    prompt: l10n.t('Name of the stack'),
    value: spec.vpc.name,
    problem: required,
  });
  const eniName = `ENI-01 for ${name}`;
  return {
    ...spec,
    vpc: { ...spec.vpc, name },
    subnet: { ...spec.subnet, name },
    internetGateway: { name },
    securityGroup: {
      ...spec.securityGroup,
      name: groupText(`vpc_${name}`),
      description: groupText(`${name} in VPC`),
    },
    eni: { ...spec.eni, name: eniName, description: eniName },
    instance: { ...spec.instance, name },
  };
};

/** Asks for the VPC's range; a subnet that no longer fits follows it. */
export const askVpcCidr: Step<StackSpec> = async (spec, place) => {
  const cidr = await askText(place, {
    prompt: l10n.t('Range of the new VPC, from /16 to /28'),
    value: spec.vpc.cidr,
    placeholder: '192.168.1.0/24',
    problem: (value) => problemOf(() => parseNetworkCidr(value)),
  });
  const fits = problemOf(() => parseSubnetCidr(spec.subnet.cidr, [cidr])) === undefined;
  const subnet = fits ? spec.subnet : { ...spec.subnet, cidr };
  return { ...spec, vpc: { ...spec.vpc, cidr }, subnet };
};

/** Asks for the range of a subnet that is to be made; addresses that no longer fit are proposed anew. */
export function askSubnetCidr(index: InventoryIndex): Step<StackSpec> {
  return async (spec, place) => {
    const vpc = index.vpcs.get(spec.inside?.vpcId ?? '');
    const { cidr: outer } = spec.vpc;
    const cidr = await askText(place, {
      prompt: l10n.t('Range of its subnet, inside {0}', outer),
      value: spec.subnet.cidr,
      placeholder: outer,
      problem: (value) =>
        problemOf(() => {
          if (vpc === undefined) parseSubnetCidr(value, [outer]);
          else checkNewSubnet({ subnet: { ...spec.subnet, cidr: value } }, vpc, index);
        }),
    });
    return withAddressesIn({ ...spec, subnet: { ...spec.subnet, cidr } }, NOBODY);
  };
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** The spec with addresses that its subnet can give. */
export function withAddressesIn(spec: StackSpec, holders: ReadonlyMap<string, string>): StackSpec {
  const { eni, subnet } = spec;
  const addresses = [eni.primary, ...eni.secondaries];
  const fits =
    problemOf(() => {
      checkAddresses(addresses, parseCidr(subnet.cidr), holders);
    }) === undefined;
  return fits ? spec : { ...spec, eni: { ...eni, ...proposedAddresses(spec, addresses.length, holders) } };
}

/** From the hundredth address on as in the walk, where the subnet has one. */
function proposedAddresses(
  { subnet }: StackSpec,
  count: number,
  holders: ReadonlyMap<string, string>,
): Pick<StackSpec['eni'], 'primary' | 'secondaries'> {
  const range = parseCidr(subnet.cidr);
  const after = range.first + 101 < range.last ? range.first + 99 : range.first;
  const [primary = '', ...secondaries] = nextFreeAddresses(range, count, holders, after);
  return { primary, secondaries };
}

/** Asks for the private addresses, or how many; each gets an Elastic IP. */
export function askAddresses(index: InventoryIndex): Step<StackSpec> {
  return async (spec, place) => {
    const { cidr } = spec.subnet;
    const holders = index.holdersInSubnet(spec.inside?.subnetId ?? '');
    const text = await askText(place, {
      prompt: l10n.t('Private addresses, the primary one first, or how many; each gets an Elastic IP'),
      value: [spec.eni.primary, ...spec.eni.secondaries].join(', '),
      problem: (value) =>
        words(value).length === 0
          ? l10n.t('Write at least one address of {0}.', cidr)
          : problemOf(() => {
              if (isCount(value)) proposedAddresses(spec, Number(value), holders);
              else checkAddresses(words(value), parseCidr(cidr), holders);
            }),
    });
    if (isCount(text)) {
      return { ...spec, eni: { ...spec.eni, ...proposedAddresses(spec, Number(text), holders) } };
    }
    const [primary = '', ...secondaries] = words(text);
    return { ...spec, eni: { ...spec.eni, primary, secondaries } };
  };
}

/** Asks which TCP ports the security group opens. */
export const askPorts: Step<StackSpec> = async (spec, place) => {
  const text = await askText(place, {
    prompt: l10n.t('TCP ports that the security group opens to everybody; 22 is the way in by SSH'),
    value: portsText(spec.securityGroup.ports),
    placeholder: '22, 25, 80, 8000-8010',
    problem: (value) =>
      parsePorts(value) === undefined
        ? l10n.t('Write ports from 1 to 65535, such as 22, 25, 80.')
        : undefined,
  });
  const ports: readonly OpenPort[] = parsePorts(text) ?? spec.securityGroup.ports;
  return { ...spec, securityGroup: { ...spec.securityGroup, ports } };
};
