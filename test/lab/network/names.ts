/** The device of an ENI in its VPC's namespace: `eni` and twelve hex digits, the 15 characters Linux allows. */
export function linkName(networkInterfaceId: string): string {
  return `eni${networkInterfaceId.slice(-12)}`;
}

/** The device of a VPC's namespace that leads to the internet. */
export const gatewayLink = 'gateway';

/** Matches the device of every ENI, in dnsmasq's notation. */
export const everyLink = 'eni*';
