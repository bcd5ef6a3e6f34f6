import { Internet } from './internet.ts';
import type { NetworkPolicy } from './policy.ts';
import type { Switches } from './rules.ts';
import { VpcRouter } from './vpcRouter.ts';

/** The whole network of the lab: the internet, and a router for each VPC in which something runs. */
export class Fabric {
  private readonly internet = new Internet();
  private readonly routers = new Map<string, VpcRouter>();

  async create(): Promise<void> {
    await this.internet.create();
  }

  /** Makes the network behave by a policy; `present` holds the instances whose guest has a namespace to link to. */
  async apply(policy: NetworkPolicy, present: ReadonlySet<string>, switches: Switches): Promise<void> {
    const wanted = new Set(policy.vpcs.map((vpc) => vpc.vpcId));
    for (const vpc of policy.vpcs) {
      const router = this.routers.get(vpc.vpcId) ?? (await VpcRouter.create(vpc.vpcId, this.internet));
      this.routers.set(vpc.vpcId, router);
      await router.apply(vpc, present, switches);
    }
    await this.internet.lead(this.elasticAddresses(policy));
    for (const [vpcId, router] of this.routers) {
      if (wanted.has(vpcId)) continue;
      this.routers.delete(vpcId);
      await router.remove();
    }
  }

  /** Takes the links of one instance away, because its guest's namespace is about to be replaced. */
  async unplug(instanceId: string): Promise<void> {
    for (const router of this.routers.values()) await router.unplug(instanceId);
  }

  private elasticAddresses(policy: NetworkPolicy): ReadonlyMap<string, VpcRouter['link']> {
    const leads = new Map<string, VpcRouter['link']>();
    for (const vpc of policy.vpcs) {
      const router = this.routers.get(vpc.vpcId);
      const addresses = vpc.interfaces.flatMap((eni) => eni.addresses);
      for (const { publicAddress } of addresses)
        if (publicAddress !== undefined && router !== undefined) leads.set(publicAddress, router.link);
    }
    return leads;
  }
}
