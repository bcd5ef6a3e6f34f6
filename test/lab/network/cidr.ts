import ipaddr from 'ipaddr.js';

/** First address and mask of an IPv4 range. */
export function addressRange(cidr: string): { network: string; netmask: string; prefixLength: number } {
  const [, prefixLength] = ipaddr.IPv4.parseCIDR(cidr);
  return {
    network: ipaddr.IPv4.networkAddressFromCIDR(cidr).toString(),
    netmask: ipaddr.IPv4.subnetMaskFromPrefixLength(prefixLength).toString(),
    prefixLength,
  };
}

/** The subnet's router: EC2 keeps the second address of each subnet for it. */
export function routerAddress(cidr: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.networkAddressFromCIDR(cidr).octets;
  return [a, b, c, d + 1].join('.');
}
