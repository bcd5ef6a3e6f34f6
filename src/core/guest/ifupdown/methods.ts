/** The methods of each address family on Linux, as ifupdown 0.8 has them. */
const methods: Readonly<Record<string, readonly string[]>> = {
  inet: ['loopback', 'static', 'manual', 'dhcp', 'bootp', 'tunnel', 'ppp', 'wvdial', 'ipv4ll'],
  inet6: ['auto', 'loopback', 'static', 'manual', 'dhcp', 'tunnel', 'v4tunnel', '6to4'],
  ipx: ['static', 'dynamic'],
  can: ['static'],
  link: ['none'],
  meta: ['none'],
};

/** Whether ifupdown knows an address family. */
export function isFamily(name: string): boolean {
  return Object.hasOwn(methods, name);
}

/** Whether a family has a method. */
export function isMethod(family: string, name: string): boolean {
  return methods[family]?.includes(name) ?? false;
}
