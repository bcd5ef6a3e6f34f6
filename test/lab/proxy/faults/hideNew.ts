import { errorAnswer } from '../call.ts';
import type { Call, Fault, Select } from '../call.ts';
import { cutItems } from './items.ts';

/** What is made by one action, listed by another under an element of its own, and not found with an error code. */
interface Kind {
  make: string;
  describe: string;
  element: string;
  notFound: string;
}

const kinds: readonly Kind[] = [
  { make: 'CreateVpc', describe: 'DescribeVpcs', element: 'vpcId', notFound: 'InvalidVpcID.NotFound' },
  {
    make: 'CreateSubnet',
    describe: 'DescribeSubnets',
    element: 'subnetId',
    notFound: 'InvalidSubnetID.NotFound',
  },
  {
    make: 'CreateInternetGateway',
    describe: 'DescribeInternetGateways',
    element: 'internetGatewayId',
    notFound: 'InvalidInternetGatewayID.NotFound',
  },
  {
    make: 'CreateRouteTable',
    describe: 'DescribeRouteTables',
    element: 'routeTableId',
    notFound: 'InvalidRouteTableID.NotFound',
  },
  {
    make: 'CreateSecurityGroup',
    describe: 'DescribeSecurityGroups',
    element: 'groupId',
    notFound: 'InvalidGroup.NotFound',
  },
  {
    make: 'CreateNetworkInterface',
    describe: 'DescribeNetworkInterfaces',
    element: 'networkInterfaceId',
    notFound: 'InvalidNetworkInterfaceID.NotFound',
  },
  {
    make: 'AllocateAddress',
    describe: 'DescribeAddresses',
    element: 'allocationId',
    notFound: 'InvalidAllocationID.NotFound',
  },
  {
    make: 'RunInstances',
    describe: 'DescribeInstances',
    element: 'instanceId',
    notFound: 'InvalidInstanceID.NotFound',
  },
];

/** The id of what an answer or one of its items is about: its first one of that element. */
function idOf(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>([^<]+)</${element}>`).exec(xml)?.[1];
}

/** What a describe names by id, rather than by a filter. */
function named({ params }: Call): string[] {
  return [...params].filter(([key]) => /^[A-Za-z]+\.\d+$/.test(key)).map(([, value]) => value);
}

/**
 * Lets describes lag: the first `answers` of them that would show a thing just made do not find it yet. A
 * describe by its id gets EC2's NotFound, and a list leaves it out. With `select` only what those calls make.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export function hideNew(answers: number, select: Select = () => true): Fault {
  const left = new Map<string, number>();

  /** Counts down, and tells whether the id is still to be hidden. */
  const isHidden = (id: string | undefined): boolean => {
    const remaining = id === undefined ? 0 : (left.get(id) ?? 0);
    if (id !== undefined && remaining > 0) left.set(id, remaining - 1);
    return remaining > 0;
  };

  return async (call, forward) => {
    const listed = kinds.find((kind) => kind.describe === call.action);
    const missing = listed && named(call).find(isHidden);
    if (missing !== undefined)
      return errorAnswer(400, listed?.notFound ?? '', `The ID '${missing}' does not exist`);
    const concerned = select(call);
    const outcome = await forward();
    if (outcome.kind !== 'answer' || outcome.status !== 200) return outcome;
    const made = kinds.find((kind) => kind.make === call.action);
    const id = made && idOf(outcome.body, made.element);
    if (id !== undefined && concerned) left.set(id, answers);
    if (!listed || named(call).length > 0) return outcome;
    const { head, items, tail } = cutItems(outcome.body);
    return {
      ...outcome,
      body: head + items.filter((item) => !isHidden(idOf(item, listed.element))).join('') + tail,
    };
  };
}
