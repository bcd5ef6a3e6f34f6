import fc from 'fast-check';
import { interfacesText } from './interfacesText.ts';

/** The alias that somebody wrote by hand into the texts. */
export const entry = {
  address: '192.168.1.201',
  prefixLength: 32,
  label: 'eth7:1',
  interface: 'eth7',
  instanceId: 'i-1',
} as const;

const starts = fc.constantFrom(
  'auto eth7:1\n',
  'auto eth7:1\n\n',
  'auto eth7:1\n# why \\\n',
  '',
  'auto lo eth7:1 eth7\n',
);
const bodies = fc.constantFrom(
  'address 192.168.1.201\nnetmask 255.255.255.0\n',
  '    address 192.168.1.201\n    netmask 255.255.255.0\n    broadcast 192.168.1.255\n',
  '\taddress 192.168.1.201/24\n',
  '\n# the mail\u2019s\n  address 192.168.1.201 \n  # its mask\n  netmask \\\n 24\n',
  'address 192.168.1.201\r\nnetmask 255.255.255.0\r\n',
);

/** An interfaces file in which the alias stands somewhere, started or not; our block may be in the way of none. */
export const byHandText = fc
  .tuple(interfacesText, starts, bodies, interfacesText)
  .map(([before, start, body, after]) => {
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    return `${before}${gap}${start}iface eth7:1 inet static\n${Buffer.from(body).toString('latin1')}${after}`;
  });
