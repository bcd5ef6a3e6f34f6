import fc from 'fast-check';

const words = [
  'eth0',
  'eth0:1',
  'lo',
  'inet',
  'inet6',
  'static',
  'dhcp',
  'manual',
  'loopback',
  'inherits',
  '#',
  'x',
];
const keywords = [
  ...[
    'auto',
    'allow-hotplug',
    'iface',
    'iface',
    'iface',
    'mapping',
    'script',
    'map',
    'no-auto-down',
    'rename',
  ],
  ...[
    'address',
    'address',
    'netmask',
    'up',
    'pre-up',
    'no-scripts',
    '#',
    'bogus',
    'source',
    'source-directory',
  ],
];
const values = [
  '192.168.1.101',
  '255.255.255.0',
  '32',
  'ip addr add 192.168.1.101/32 dev $IFACE',
  'none.d/*',
];

const space = fc.constantFrom('', ' ', '\t', '    ');
const gap = fc.constantFrom(' ', '\t', '  ', ' \\\n', ' \\\n   ');
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', ' \n', '\\\n', '\\\r\n', '\\ \n');
const word = fc.constantFrom(...words, ...values);

const statement = fc
  .tuple(space, fc.constantFrom(...keywords), fc.array(fc.tuple(gap, word), { maxLength: 4 }), lineEnd)
  .map(([indent, keyword, rest, end]) => indent + keyword + rest.flat().join('') + end);

const soundStanza = fc.constantFrom(
  'auto lo\niface lo inet loopback\n',
  'auto eth0\niface eth0 inet dhcp\n',
  'allow-hotplug eth0\niface eth0 inet dhcp\n\tup true\n',
  'iface eth1 inet static\n    address 10.0.0.1\n    netmask 255.255.255.0\n',
  'mapping eth0\n  script /bin/true\n  map a\n',
  'auto eth0:1\niface eth0:1 inet static\naddress 192.168.1.101\nnetmask 255.255.255.0\n',
  '# a comment \\\n',
  '\n',
  '# caf\u00e9\n',
);

/** Text that looks like an interfaces file, right and wrong, with the line ends that trouble parsers. */
export const interfacesText = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: soundStanza }, { weight: 1, arbitrary: statement }), {
      maxLength: 8,
    }),
    fc.constantFrom('', '', '', '# no final newline', 'auto eth9', '\\', 'auto eth0 \\', '# end \\'),
  )
  .map(([lines, end]) => lines.join('') + end);

/** Any bytes at all, one character a byte. */
export const anyText = fc
  .uint8Array({ maxLength: 300 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'));
