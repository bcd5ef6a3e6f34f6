import { CoreError } from '../base/errors.ts';
import type { GuestBackend } from './backend.ts';
import type { GuestInterface, NetworkManager } from './facts.ts';
import { ifupdown } from './ifupdown/backend.ts';
import { ifupdownNg } from './ifupdownNg/backend.ts';
import { netplan } from './netplan/backend.ts';
import { networkManager } from './networkManager/backend.ts';
import { networkd } from './networkd/backend.ts';

/**
 * Every network manager that we can write for.
 *
 * Not ifupdown2: it takes an alias for a change of the interface itself, and both `ifreload -a` and the next boot then
 * cost the guest its leased primary address.
 */
export const backends: readonly GuestBackend[] = [ifupdown, ifupdownNg, netplan, networkd, networkManager];

/** The backend of an interface's manager; throws `guest.unsupportedManager` with its name. */
export function backendOf(nic: Pick<GuestInterface, 'name' | 'manager'>): GuestBackend {
  return backendFor(nic.manager, nic.name);
}

/** The backend of a manager; throws `guest.unsupportedManager`. */
export function backendFor(manager: NetworkManager, nic: string): GuestBackend {
  const backend = backends.find((candidate) => candidate.manager === manager);
  if (backend === undefined) throw new CoreError('guest.unsupportedManager', { interface: nic, manager });
  return backend;
}
