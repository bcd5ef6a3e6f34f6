import fc from 'fast-check';

/** Lines in any order, with the line ends that trouble parsers, and perhaps without the last of them. */
export function textOf(...lines: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(
        fc.tuple(fc.constantFrom(...lines), fc.constantFrom('\n', '\n', '\n', '\r\n', ' \n', '\\\n')),
        {
          maxLength: 12,
        },
      ),
      fc.constantFrom('', '', '# no newline', 'Address=10.0.0.1/24', '\\', '# end \\', '\u00e9\0'),
    )
    .map(([all, end]) => all.map((parts) => parts.join('')).join('') + end);
}

/** A drop-in of networkd as somebody may have gone on with it. */
export const dropInText = textOf(
  ...['[Address]', '[Network]', '\t[Route]', '[Neighbor]', '# EC2 Multi-IP: of old', '; note', ''],
  ...['Address=10.0.0.1/24', ' Address = 192.168.1.101', 'AddPrefixRoute=false', 'DHCP=ipv4', '#Address=x'],
);

/** A profile of NetworkManager: sections twice, keys with and without numbers, gaps and comments. */
export const keyfileText = textOf(
  ...[
    '[ipv4]',
    '[ipv4]',
    ' [ipv4]\t',
    '[ipv6]',
    '[connection]',
    '# [ipv4]',
    '',
    '#address1=192.168.1.101/32',
  ],
  ...[
    'address1=10.0.0.1/24,10.0.0.254',
    'address 7 = 1',
    'address12 = 10.0.0.2/24',
    'addresses3=10.0.0.3;24;0;',
  ],
  ...['address=10.0.0.4/24', 'method=auto', 'id=caf\u00e9', '\tdns=10.0.0.2;'],
);

const yamlLines = [
  ...[
    '      dhcp4: true',
    '      mtu: 9001 # as EC2 has it',
    '      # note',
    '',
    "      match: {name: 'e*'}",
  ],
  ...['      nameservers: &dns', '        addresses: [10.0.0.2]', '      <<: *dns', '      "set-name": lan0'],
];
const section = fc
  .tuple(
    fc.constantFrom('    eth0:', '    eth1:', '    eth0: &first', '    "eth0":', '    eth00:'),
    fc.array(fc.constantFrom(...yamlLines), { maxLength: 4 }),
    fc.constantFrom([], ['      addresses:', '        - 10.0.0.9/24'], ['      addresses: [10.0.0.9/24]']),
    fc.boolean(),
  )
  .map(([id, options, addresses, isFirst]) => [
    id,
    ...(isFirst ? [...addresses, ...options] : [...options, ...addresses]),
    '      optional: true',
  ]);

/** Our own file of netplan with what else somebody may have put into it: comments, anchors, quotes, a bridge. */
export const yamlText = fc
  .tuple(
    fc.constantFrom('', '# mine\n\n', '%YAML 1.1\n---\n'),
    fc.constantFrom('  ethernets:', '  ethernets: # of EC2', '  "ethernets":', '  bridges:'),
    fc.array(section, { maxLength: 3 }),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '  bridges:\n    br0: {interfaces: [eth1]}\n', '# end'),
  )
  .map(
    ([head, key, sections, eol, end]) =>
      head + ['network:', '  version: 2', key, ...sections.flat(), ''].join(eol) + end,
  );
