import { CoreError } from '../base/errors.ts';
import type { GuestInterface, NetworkManager } from './facts.ts';

/** Programs that read the secondary addresses from EC2's metadata by themselves: next to them nothing is written. */
const agents: readonly NetworkManager[] = ['amazon-ec2-net-utils', 'ec2-net-utils', 'nm-cloud-setup'];

/** Whether a manager configures secondary addresses by itself. */
export function isAgent(manager: NetworkManager): boolean {
  return agents.includes(manager);
}

/** Nothing to bring up where the agent has done its work; else throws `guest.agentConfigures`, which says who does it. */
export function leaveToAgent(nic: GuestInterface, addresses: readonly string[]): [] {
  const missing = addresses.filter((address) => !nic.addresses.some((live) => live.address === address));
  if (missing.length === 0) return [];
  throw new CoreError('guest.agentConfigures', {
    interface: nic.name,
    agent: nic.manager,
    addresses: missing,
  });
}
