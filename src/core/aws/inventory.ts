import type { Eni, Instance, Inventory } from '../model/network.ts';
import type { Ec2 } from './ec2.ts';
import { joinPairs } from './join.ts';
import { eipOf, eniOf, instanceOf, keyPairOf } from './machineAnswers.ts';
import { internetGatewayOf, routeTableOf, securityGroupOf, subnetOf, vpcOf } from './networkAnswers.ts';
import { allPages } from './pages.ts';
import { nextTurn } from './turns.ts';

/** What reading an inventory may be told. */
export interface ReadInventoryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many things each answer brought. */
  readonly onPage?: ((kind: string, items: number) => void) | undefined;
  /**
   * Given what there is to show, once, as soon as the first page of ENIs is there, where that is not the last:
   * EIPs and key pairs are missing in it, and so is whatever the further pages bring.
   */
  readonly onFirst?: ((inventory: Inventory) => void) | undefined;
}

/** Small enough to be there soon. */
const PAGE = { MaxResults: 500 };
/** The most that EC2 takes for route tables. */
const ROUTE_TABLE_PAGE = { MaxResults: 100 };

/** Reads what a Region holds: one paginated describe per kind, all kinds side by side, joined once. */
export async function readInventory(ec2: Ec2, options: ReadInventoryOptions = {}): Promise<Inventory> {
  const head = { region: ec2.region, takenAt: new Date().toISOString() };
  const network = readNetwork(ec2, options);
  const onFirst: OnFirst = (first) => {
    const tell = (known: Network) =>
      options.onFirst?.({ ...head, ...known, ...first, eips: [], keyPairs: [] });
    // Where the network cannot be read, the whole says so.
    void network.then(tell, () => undefined);
  };
  const [known, machines] = await Promise.all([network, readMachines(ec2, options, onFirst)]);
  // Each of the steps over all that there is takes tens of milliseconds in a large Region.
  await nextTurn();
  const { enis, eips } = joinPairs(machines.enis, machines.eips);
  await nextTurn();
  return { ...head, ...known, ...machines, enis, eips };
}

type OnFirst = (first: Pick<Inventory, 'enis' | 'instances'>) => void;

type Network = Pick<Inventory, 'vpcs' | 'subnets' | 'internetGateways' | 'routeTables' | 'securityGroups'>;

async function readNetwork(ec2: Ec2, options: ReadInventoryOptions): Promise<Network> {
  const told = (kind: string) => (items: readonly unknown[]) => options.onPage?.(kind, items.length);
  const [vpcs, subnets, internetGateways, routeTables, securityGroups] = await Promise.all([
    allPages(
      (page) => ec2.describeVpcs({ ...PAGE, ...page }, options),
      (answer) => answer.Vpcs?.map(vpcOf),
      told('vpcs'),
    ),
    allPages(
      (page) => ec2.describeSubnets({ ...PAGE, ...page }, options),
      (answer) => answer.Subnets?.map(subnetOf),
      told('subnets'),
    ),
    allPages(
      (page) => ec2.describeInternetGateways({ ...PAGE, ...page }, options),
      (answer) => answer.InternetGateways?.map(internetGatewayOf),
      told('internetGateways'),
    ),
    allPages(
      (page) => ec2.describeRouteTables({ ...ROUTE_TABLE_PAGE, ...page }, options),
      (answer) => answer.RouteTables?.map(routeTableOf),
      told('routeTables'),
    ),
    allPages(
      (page) => ec2.describeSecurityGroups({ ...PAGE, ...page }, options),
      (answer) => answer.SecurityGroups?.map(securityGroupOf),
      told('securityGroups'),
    ),
  ]);
  return { vpcs, subnets, internetGateways, routeTables, securityGroups };
}

type Machines = Pick<Inventory, 'enis' | 'eips' | 'instances' | 'keyPairs'>;

async function readMachines(ec2: Ec2, options: ReadInventoryOptions, onFirst: OnFirst): Promise<Machines> {
  const first = firstPages(onFirst);
  const told = (kind: string) => (items: readonly unknown[]) => options.onPage?.(kind, items.length);
  const [enis, instances, eips, keys] = await Promise.all([
    allPages(
      (page) => ec2.describeNetworkInterfaces({ ...PAGE, ...page }, options),
      (answer) => answer.NetworkInterfaces?.map(eniOf),
      (items, more) => {
        told('enis')(items);
        first.enis(items, more);
      },
    ),
    allPages(
      (page) => ec2.describeInstances({ ...PAGE, ...page }, options),
      (answer) => answer.Reservations?.flatMap(({ Instances = [] }) => Instances.map(instanceOf)),
      (items) => {
        told('instances')(items);
        first.instances(items);
      },
    ),
    // These two have no pages.
    ec2.describeAddresses({}, options).then(({ Addresses = [] }) => Addresses.map(eipOf)),
    ec2.describeKeyPairs({}, options),
  ]);
  return {
    enis,
    eips,
    instances,
    keyPairs: (keys.KeyPairs ?? []).map(keyPairOf),
  };
}

/** Tells once when the first pages of ENIs and of instances are there, unless the first of ENIs is all. */
function firstPages(onFirst: OnFirst) {
  let enis: readonly Eni[] | undefined;
  let instances: readonly Instance[] | undefined;
  let told = false;
  const tell = (): void => {
    if (told || enis === undefined || instances === undefined) return;
    told = true;
    onFirst({ enis, instances });
  };
  return {
    enis: (page: readonly Eni[], more: boolean) => {
      told ||= enis === undefined && !more;
      enis ??= page;
      tell();
    },
    instances: (page: readonly Instance[]) => {
      instances ??= page;
      tell();
    },
  };
}
