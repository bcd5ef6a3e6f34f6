import { addressRange, routerAddress } from './cidr.ts';
import { everyLink } from './names.ts';
import type { VpcPolicy } from './policy.ts';

/** dnsmasq's configuration for one VPC: the subnets and their routers, for the ENIs in the hosts file alone. */
export function renderDhcp(vpc: VpcPolicy, files: { leases: string; hosts: string }): string {
  return [
    'port=0',
    'no-ping',
    'dhcp-authoritative',
    'user=root',
    `interface=${everyLink}`,
    `dhcp-leasefile=${files.leases}`,
    `dhcp-hostsfile=${files.hosts}`,
    ...vpc.subnets.flatMap(({ subnetId, cidr }) => {
      const { network, netmask } = addressRange(cidr);
      const tag = subnetId.replaceAll('-', '');
      return [
        `dhcp-range=set:${tag},${network},static,${netmask},3600`,
        `dhcp-option=tag:${tag},option:router,${routerAddress(cidr)}`,
      ];
    }),
    '',
  ].join('\n');
}

/**
 * dnsmasq's hosts file: each ENI's MAC gets its primary address.
 *
 * As on EC2, a guest learns nothing here of its secondary addresses, however often it asks.
 */
export function renderDhcpHosts(vpc: VpcPolicy): string {
  return vpc.interfaces
    .flatMap(({ macAddress, addresses: [primary] }) =>
      primary === undefined ? [] : [`${macAddress},${primary.privateAddress}\n`],
    )
    .join('');
}
