import type { ImageChoice } from '../../aws/offers.ts';
import { CoreError } from '../../base/errors.ts';
import { checkAddresses, parseCidr, parseNetworkCidr, parseSubnetCidr } from '../../model/addresses.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { OpenPort } from '../changes.ts';
import type { Plan } from '../plan.ts';
import { type PlanBuilder, type PlanIdentity, output, planBuilder } from '../planBuilder.ts';
import { type KeyChoice, addKeyPair, requireKeyPair } from './keyPair.ts';
import { eipName, requireEipRoom, requireEips } from './pairing.ts';
import {
  ANYWHERE,
  type StackNetwork,
  type StackPlace,
  addNetworkInside,
  addNewNetwork,
} from './stackNetwork.ts';

/** All that a new stack is made of. Each address of its ENI gets an EIP. */
export interface StackSpec {
  /** What is there already: the spec's own parts for it are not made. */
  readonly inside?: StackPlace;
  /** Allocation ids of idle EIPs, one for each address in order; without it new ones are allocated. */
  readonly eips?: readonly string[];
  readonly vpc: { readonly name: string; readonly cidr: string };
  readonly subnet: { readonly name: string; readonly cidr: string; readonly availabilityZone?: string };
  readonly internetGateway: { readonly name: string };
  readonly securityGroup: {
    readonly name: string;
    readonly description: string;
    readonly ports: readonly OpenPort[];
  };
  readonly eni: {
    readonly name: string;
    readonly description: string;
    readonly primary: string;
    readonly secondaries: readonly string[];
  };
  readonly instance: {
    readonly name: string;
    readonly image: ImageChoice;
    readonly instanceType: string;
    readonly key?: KeyChoice;
    readonly shutdownBehavior: 'stop' | 'terminate';
  };
}

/** What must be known of the Region before a stack can be planned. */
export interface StackFacts {
  readonly region: string;
  readonly imageId: string;
  readonly addressesPerInterface: number;
  /** Absent where EC2 does not say. */
  readonly eipQuota?: number;
  readonly eipsInUse: number;
  readonly keyNames: readonly string[];
  /** What the Region holds, where the stack is to use something that is there. */
  readonly index?: InventoryIndex;
}

const DEBIAN = '136693071363';
const NOBODY: ReadonlyMap<string, string> = new Map();

/** The stack of the walk: one instance with two addresses, each with an EIP of its own. */
export function defaultStack(): StackSpec {
  const open = (port: number): OpenPort => ({
    protocol: 'tcp',
    fromPort: port,
    toPort: port,
    source: ANYWHERE,
  });
  return {
    vpc: { name: 'standalone', cidr: '192.168.1.0/24' },
    subnet: { name: 'standalone', cidr: '192.168.1.0/24' },
    internetGateway: { name: 'standalone' },
    securityGroup: {
      name: 'vpc_standalone',
      description: 'standalone in VPC',
      ports: [open(22), open(25), open(80)],
    },
    eni: {
      name: 'ENI-01 for standalone',
      description: 'ENI-01 for standalone',
      primary: '192.168.1.100',
      secondaries: ['192.168.1.101'],
    },
    instance: {
      name: 'standalone',
      image: { owner: DEBIAN, name: 'debian-12-amd64-*', architecture: 'x86_64' },
      instanceType: 't3.micro',
      shutdownBehavior: 'stop',
    },
  };
}

/** Checks all of a spec that can be checked without asking EC2; throws a `CoreError` that says what is wrong. */
export function checkStack(spec: StackSpec): void {
  if (spec.inside?.subnetId === undefined) {
    const { inside, subnet, vpc } = spec;
    const range = inside === undefined ? parseNetworkCidr(vpc.cidr).text : subnet.cidr;
    checkAddresses(addressesOf(spec), parseSubnetCidr(subnet.cidr, [range]), NOBODY);
  }
  for (const port of spec.securityGroup.ports) checkPort(port);
  requireText('securityGroup.name', spec.securityGroup.name);
  requireText('securityGroup.description', spec.securityGroup.description);
  requireText('instance.instanceType', spec.instance.instanceType);
  if (spec.instance.key !== undefined) requireText('instance.key.name', spec.instance.key.name);
}

/** Plans a new stack; checks everything first and throws a `CoreError` that says what is wrong. Pure. */
export function planStack(spec: StackSpec, facts: StackFacts, identity: PlanIdentity): Plan {
  checkStack(spec);
  checkAgainstFacts(spec, facts);
  const plan = planBuilder();
  const network =
    spec.inside === undefined
      ? addNewNetwork(plan, spec)
      : addNetworkInside(plan, spec, spec.inside, requireIndex(facts));
  const { subnetId, groupIds, tags } = network;
  plan.add('eni', 'createEni', { ...spec.eni, subnetId, groupIds, ...(tags !== undefined && { tags }) });
  const pairs = addPairs(plan, spec, network);
  addInstance(plan, spec, facts.imageId, pairs);
  return { ...plan.build('createStack', facts.region, identity), eipsBefore: facts.eipsInUse };
}

/** Adds an EIP for each address, in order; gives the ids of the pairings. */
function addPairs(
  plan: PlanBuilder,
  { eips, ...spec }: StackSpec,
  { gateway }: StackNetwork,
): readonly string[] {
  return addressesOf(spec).map((privateAddress, index) => {
    const number = String(index + 1);
    const fresh = (): string =>
      plan.add(`eip-${number}`, 'allocateEip', { name: eipName(spec.eni.name, privateAddress) });
    const allocationId = eips?.[index] ?? output(fresh(), 'allocationId');
    const networkInterfaceId = output('eni', 'networkInterfaceId');
    // EC2 pairs nothing in a VPC whose gateway is not attached.
    return plan.add(
      `pair-${number}`,
      'associateEip',
      { allocationId, networkInterfaceId, privateAddress },
      gateway,
    );
  });
}

function addInstance(plan: PlanBuilder, spec: StackSpec, imageId: string, pairs: readonly string[]): void {
  const { name, instanceType, shutdownBehavior, key } = spec.instance;
  const networkInterfaceId = output('eni', 'networkInterfaceId');
  const launch = { imageId, instanceType, networkInterfaceId, shutdownBehavior, name };
  const named = { ...launch, ...addKeyPair(plan, key) };
  // EC2 refuses to pair an ENI whose instance is pending, so the pairs come first.
  plan.add('instance', 'launchInstance', named, pairs);
}

function checkAgainstFacts(spec: StackSpec, facts: StackFacts): void {
  const wanted = addressesOf(spec).length;
  const { instanceType, key } = spec.instance;
  if (wanted > facts.addressesPerInterface) {
    const maximum = facts.addressesPerInterface;
    throw new CoreError('plan.tooManyAddresses', { instanceType, wanted, maximum });
  }
  if (spec.eips === undefined) requireEipRoom(wanted, facts.eipsInUse, facts.eipQuota);
  else requireEips(spec.eips, wanted, requireIndex(facts));
  if (key !== undefined) requireKeyPair(key, facts.keyNames);
}

function requireIndex({ index }: StackFacts): InventoryIndex {
  if (index === undefined) throw new RangeError('what is there must be read first');
  return index;
}

function addressesOf({ eni }: Pick<StackSpec, 'eni'>): readonly string[] {
  return [eni.primary, ...eni.secondaries];
}

function checkPort({ fromPort, toPort, source }: OpenPort): void {
  const valid = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65_535;
  if (!valid(fromPort) || !valid(toPort) || fromPort > toPort) {
    throw new CoreError('plan.badValue', {
      field: 'securityGroup.ports',
      value: `${String(fromPort)}-${String(toPort)}`,
    });
  }
  parseCidr(source);
}

function requireText(field: string, value: string): void {
  if (value.trim() === '') throw new CoreError('plan.badValue', { field, value });
}
