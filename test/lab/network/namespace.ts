import { existsSync } from 'node:fs';
import { runOrFail } from '../process/run.ts';

/** A network namespace of the lab, by its name; it is kept under the lab's own /run and visible to nobody else. */
export class NetworkNamespace {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  get path(): string {
    return `/run/netns/${this.name}`;
  }

  get exists(): boolean {
    return existsSync(this.path);
  }

  /** The arguments that run a command in this namespace. */
  get enter(): readonly string[] {
    return ['nsenter', `--net=${this.path}`, '--'];
  }

  async create(): Promise<void> {
    await runOrFail(['ip', 'netns', 'add', this.name]);
    await this.ip(['link set lo up']);
  }

  async remove(): Promise<void> {
    if (this.exists) await runOrFail(['ip', 'netns', 'delete', this.name]);
  }

  /** Runs commands of `ip`, one a line and without the word `ip`, until the first that fails. */
  async ip(commands: readonly string[]): Promise<void> {
    if (commands.length === 0) return;
    await runOrFail(['ip', '-n', this.name, '-batch', '-'], { input: `${commands.join('\n')}\n` });
  }

  /** Makes the namespace a router that keeps quiet: it forwards, and neither filters by path nor redirects. */
  async makeRouter(): Promise<void> {
    const settings = {
      'ipv4/ip_forward': 1,
      'ipv4/conf/all/rp_filter': 0,
      'ipv4/conf/default/rp_filter': 0,
      'ipv4/conf/all/send_redirects': 0,
      'ipv4/conf/default/send_redirects': 0,
      'ipv6/conf/default/disable_ipv6': 1,
    };
    await this.sysctl(settings);
  }

  /** Sets kernel parameters, by their path below /proc/sys/net; one that this kernel lacks is passed over. */
  async sysctl(settings: Readonly<Record<string, number>>): Promise<void> {
    const script = Object.entries(settings).map(
      ([path, value]) => `[ ! -e /proc/sys/net/${path} ] || echo ${value} >/proc/sys/net/${path}`,
    );
    await runOrFail([...this.enter, '/bin/sh', '-ec', script.join('\n')]);
  }

  /** Replaces the packet rules of the namespace, all at once or not at all. */
  async setRules(ruleset: string): Promise<void> {
    await runOrFail([...this.enter, 'nft', '-f', '-'], { input: ruleset });
  }
}
