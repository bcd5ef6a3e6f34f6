import { formatAddress, parseCidr } from '../../model/addresses.ts';
import type { Routing } from '../facts.ts';

/** Tables from here on are free by custom; Amazon's own tools begin here too. */
const firstTable = 10_000;

/** The routing of a further ENI, whose subnet has this range: EC2's router is the subnet's base + 1. */
export function routingOf(subnet: string, deviceIndex: number): Routing {
  const gateway = formatAddress(parseCidr(subnet).first + 1);
  return { network: subnet, gateway, table: firstTable + deviceIndex };
}
