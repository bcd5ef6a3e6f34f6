import * as l10n from '@vscode/l10n';
import {
  checkAddresses,
  formatAddress,
  parseCidr,
  parseNetworkCidr,
  parseSubnetCidr,
} from '../../core/model/addresses.ts';
import type { OpenPort } from '../../core/plan/changes.ts';
import type { StackSpec } from '../../core/plan/recipes/createStack.ts';
import { askText } from '../wizard/askText.ts';
import { problemOf } from '../wizard/problem.ts';
import type { Step } from '../wizard/wizard.ts';
import { parsePorts, portsText, words } from './lists.ts';

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

/** Asks for the subnet's range; addresses that no longer fit are proposed anew. */
export const askSubnetCidr: Step<StackSpec> = async (spec, place) => {
  const cidr = await askText(place, {
    prompt: l10n.t('Range of its subnet, inside {0}', spec.vpc.cidr),
    value: spec.subnet.cidr,
    placeholder: spec.vpc.cidr,
    problem: (value) => problemOf(() => parseSubnetCidr(value, [spec.vpc.cidr])),
  });
  const { eni } = spec;
  const fits =
    problemOf(() => {
      checkList([eni.primary, ...eni.secondaries], cidr);
    }) === undefined;
  return {
    ...spec,
    subnet: { ...spec.subnet, cidr },
    eni: fits ? eni : { ...eni, ...proposedAddresses(cidr) },
  };
};

function checkList(addresses: readonly string[], cidr: string): void {
  checkAddresses(addresses, parseCidr(cidr), new Map());
}

/** The hundredth address and the one after it as in the walk, or the first free ones of a small subnet. */
function proposedAddresses(cidr: string): {
  readonly primary: string;
  readonly secondaries: readonly string[];
} {
  const { first, last } = parseCidr(cidr);
  const start = first + 101 < last ? first + 100 : first + 4;
  return { primary: formatAddress(start), secondaries: [formatAddress(start + 1)] };
}

/** Asks for the private addresses; each gets an Elastic IP. */
export const askAddresses: Step<StackSpec> = async (spec, place) => {
  const text = await askText(place, {
    prompt: l10n.t('Private addresses, the primary one first; each gets an Elastic IP'),
    value: [spec.eni.primary, ...spec.eni.secondaries].join(', '),
    problem: (value) =>
      words(value).length === 0
        ? l10n.t('Write at least one address of {0}.', spec.subnet.cidr)
        : problemOf(() => {
            checkList(words(value), spec.subnet.cidr);
          }),
  });
  const [primary = '', ...secondaries] = words(text);
  return { ...spec, eni: { ...spec.eni, primary, secondaries } };
};

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
