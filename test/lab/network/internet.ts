import { run, runOrFail } from '../process/run.ts';
import { gatewayLink } from './names.ts';
import { NetworkNamespace } from './namespace.ts';

/** Address of the operator: where VS Code, the tests and the address echo are. */
export const operatorAddress = '203.0.113.1';

/** The range from which the emulator takes Elastic IPs, a documentation range (RFC 5737). */
const elasticRange = '198.51.100.0/24';

const internetAddress = '203.0.113.254';

/**
 * The namespace between the operator and the VPCs. It knows which VPC has which Elastic IP, and nothing else: what
 * is for an address that no VPC has vanishes.
 *
 * The operator's own namespace is the one the supervisor was started in. Its only way out is this one.
 */
export class Internet {
  readonly namespace = new NetworkNamespace('internet');
  private routes = new Set<string>();
  private links = 0;

  async create(): Promise<void> {
    await this.namespace.create();
    await this.namespace.makeRouter();
    await runOrFail(['ip', '-batch', '-'], {
      input: [
        'link set lo up',
        'link add eth0 type veth peer name operator netns internet',
        `address add ${operatorAddress}/24 dev eth0`,
        'link set eth0 up',
        `route add ${elasticRange} via ${internetAddress}`,
        '',
      ].join('\n'),
    });
    await this.namespace.ip([
      `address add ${internetAddress}/24 dev operator`,
      'link set operator up',
      `route add blackhole ${elasticRange}`,
    ]);
    await this.namespace.setRules(
      'table ip internet { chain sent { type filter hook output priority 0; meta l4proto icmp drop; }; }\n',
    );
  }

  /** Joins a VPC's namespace with a link of its own, and makes this one its way to everywhere else. */
  async join(vpc: NetworkNamespace): Promise<VpcLink> {
    const index = this.links++;
    const device = `vpc${index}`;
    // A pair of neighbouring addresses per link, from the range that is set aside for carriers (RFC 6598).
    const prefix = `100.64.${index >> 7}`;
    const low = (index & 127) * 2;
    await this.namespace.ip([
      `link add ${device} type veth peer name ${gatewayLink} netns ${vpc.name}`,
      `address add ${prefix}.${low}/31 dev ${device}`,
      `link set ${device} up`,
    ]);
    await vpc.ip([
      `address add ${prefix}.${low + 1}/31 dev ${gatewayLink}`,
      `link set ${gatewayLink} up`,
      `route add default via ${prefix}.${low}`,
    ]);
    return { device, router: `${prefix}.${low + 1}` };
  }

  /** Ends the link to a VPC. */
  async leave(link: VpcLink): Promise<void> {
    await run(['ip', '-n', this.namespace.name, 'link', 'delete', link.device]);
  }

  /** Leads each Elastic IP to the VPC that has it, and no other address anywhere. */
  async lead(wanted: ReadonlyMap<string, VpcLink>): Promise<void> {
    const next = new Set([...wanted].map(([address, link]) => `${address}/32 via ${link.router}`));
    const gone = [...this.routes].filter((route) => !next.has(route));
    const added = [...next].filter((route) => !this.routes.has(route));
    // A route whose link has ended went with it, so a failing delete is no failure.
    for (const route of gone)
      await run(['ip', '-n', this.namespace.name, 'route', 'delete', ...route.split(' ')]);
    await this.namespace.ip(added.map((route) => `route replace ${route}`));
    this.routes = next;
  }
}

/** One VPC's link to the internet: the device on this side, and the address of the other. */
export interface VpcLink {
  readonly device: string;
  readonly router: string;
}
