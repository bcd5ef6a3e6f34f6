import { Dhcp } from './dhcp.ts';
import { InterfaceLinks } from './interfaceLinks.ts';
import type { Internet, VpcLink } from './internet.ts';
import { Metadata } from './metadata.ts';
import { NetworkNamespace } from './namespace.ts';
import type { VpcPolicy } from './policy.ts';
import { renderRules, type Switches } from './rules.ts';

/**
 * One VPC: a namespace in which each ENI has a link of its own, so that every packet, even between neighbours in a
 * subnet, passes the rules. It is the subnets' router, their DHCP server, their metadata service and the internet gateway at once.
 */
export class VpcRouter {
  private readonly namespace: NetworkNamespace;
  private readonly internet: Internet;
  private readonly links: InterfaceLinks;
  private readonly dhcp: Dhcp;
  private readonly metadata: Metadata;
  private rules = '';
  private ranges = new Set<string>();
  readonly link: VpcLink;

  private constructor(namespace: NetworkNamespace, internet: Internet, link: VpcLink) {
    this.namespace = namespace;
    this.internet = internet;
    this.link = link;
    this.links = new InterfaceLinks(namespace);
    this.dhcp = new Dhcp(namespace);
    this.metadata = new Metadata(namespace);
  }

  static async create(vpcId: string, internet: Internet): Promise<VpcRouter> {
    const namespace = new NetworkNamespace(vpcId);
    await namespace.create();
    await namespace.makeRouter();
    // The subnet's router answers for every neighbour, as EC2's network does.
    await namespace.sysctl({ 'ipv4/conf/default/proxy_arp': 1, 'ipv4/neigh/default/proxy_delay': 0 });
    await namespace.setRules(
      'table ip vpc { chain forward { type filter hook forward priority 0; policy drop; }; }\n',
    );
    return new VpcRouter(namespace, internet, await internet.join(namespace));
  }

  /** Makes the VPC behave by a policy; `present` holds the instances whose guest has a namespace to link to. */
  async apply(vpc: VpcPolicy, present: ReadonlySet<string>, switches: Switches): Promise<void> {
    const rules = renderRules(vpc, switches);
    if (rules !== this.rules) await this.namespace.setRules(rules);
    this.rules = rules;
    await this.hideUnused(vpc.cidrs);
    await this.links.apply(
      vpc.interfaces.filter((eni) => present.has(eni.instanceId)),
      vpc.subnets,
    );
    await this.dhcp.apply(vpc);
    await this.metadata.apply(vpc);
  }

  /** Takes the links of one instance away, because its guest's namespace is about to be replaced. */
  async unplug(instanceId: string): Promise<void> {
    await this.links.unplug(instanceId);
  }

  async remove(): Promise<void> {
    await this.dhcp.stop();
    await this.metadata.stop();
    await this.links.apply([], []);
    await this.internet.leave(this.link);
    await this.namespace.remove();
  }

  /** An address of the VPC that no running instance has swallows what is sent to it, without an answer. */
  private async hideUnused(cidrs: readonly string[]): Promise<void> {
    const added = cidrs.filter((cidr) => !this.ranges.has(cidr));
    await this.namespace.ip(added.map((cidr) => `route add blackhole ${cidr}`));
    this.ranges = new Set([...this.ranges, ...added]);
  }
}
