import { addressRange, routerAddress } from './cidr.ts';
import { linkName } from './names.ts';
import type { NetworkNamespace } from './namespace.ts';
import type { InterfacePolicy, SubnetPolicy } from './policy.ts';

interface Link {
  readonly instanceId: string;
  readonly macAddress: string;
  readonly addresses: ReadonlySet<string>;
}

/** The links from a VPC's namespace to its guests: one veth pair per ENI, whose far end has the ENI's MAC. */
export class InterfaceLinks {
  private readonly namespace: NetworkNamespace;
  private readonly links = new Map<string, Link>();

  constructor(namespace: NetworkNamespace) {
    this.namespace = namespace;
  }

  /** Makes the links those of these ENIs. */
  async apply(enis: readonly InterfacePolicy[], subnets: readonly SubnetPolicy[]): Promise<void> {
    const wanted = new Set(enis.map((eni) => eni.networkInterfaceId));
    const gone = [...this.links.keys()].filter((eniId) => !wanted.has(eniId));
    for (const eniId of gone) await this.remove(eniId);
    for (const eni of enis) {
      const subnet = subnets.find((candidate) => candidate.subnetId === eni.subnetId);
      if (subnet === undefined) continue;
      if (!this.links.has(eni.networkInterfaceId)) await this.add(eni, subnet);
      await this.setAddresses(eni);
    }
  }

  async unplug(instanceId: string): Promise<void> {
    const own = [...this.links].filter(([, link]) => link.instanceId === instanceId);
    for (const [eniId] of own) await this.remove(eniId);
  }

  private async add(eni: InterfacePolicy, subnet: SubnetPolicy): Promise<void> {
    const device = linkName(eni.networkInterfaceId);
    const peer = `name eth${eni.deviceIndex} netns ${eni.instanceId} address ${eni.macAddress}`;
    const { prefixLength } = addressRange(subnet.cidr);
    await this.namespace.ip([
      `link add ${device} type veth peer ${peer}`,
      // Every link of the subnet has the router's address; the guests' own are routed one by one.
      `address add ${routerAddress(subnet.cidr)}/${prefixLength} dev ${device} noprefixroute`,
      `link set ${device} up`,
    ]);
    const { instanceId, macAddress } = eni;
    this.links.set(eni.networkInterfaceId, { instanceId, macAddress, addresses: new Set() });
  }

  /** EC2 delivers each of an ENI's addresses to its MAC, whether or not the guest has configured it. */
  private async setAddresses(eni: InterfacePolicy): Promise<void> {
    const link = this.links.get(eni.networkInterfaceId);
    if (link === undefined) return;
    const device = linkName(eni.networkInterfaceId);
    const addresses = new Set(eni.addresses.map((address) => address.privateAddress));
    const gone = [...link.addresses].filter((address) => !addresses.has(address));
    const added = [...addresses].filter((address) => !link.addresses.has(address));
    await this.namespace.ip([
      ...gone.flatMap((address) => [
        `route delete ${address}/32 dev ${device}`,
        `neighbour delete ${address} dev ${device}`,
      ]),
      ...added.flatMap((address) => [
        `route replace ${address}/32 dev ${device}`,
        `neighbour replace ${address} lladdr ${link.macAddress} nud permanent dev ${device}`,
      ]),
    ]);
    this.links.set(eni.networkInterfaceId, { ...link, addresses });
  }

  private async remove(eniId: string): Promise<void> {
    await this.namespace.ip([`link delete ${linkName(eniId)}`]);
    this.links.delete(eniId);
  }
}
