import { CoreError } from '../../base/errors.ts';
import type { NetworkManager } from '../facts.ts';
import { ownFileName } from '../fileEdits.ts';
import { dropInPath } from '../ifupdown/dropIn.ts';
import { mainFile, readTree } from '../ifupdown/tree.ts';
import { entryMarker, fileHeader } from './form.ts';
import type { Content, Form } from './form.ts';
import { keyfile } from './keyfile.ts';

/** Shell that gives an interface what an entry says. */
function commands({ nic, routing }: Content, address: string, ruleOnly: boolean): readonly string[] {
  const { network, gateway, table } = routing;
  return [
    ...(ruleOnly ? [] : [`ip addr replace ${address}/32 dev ${nic.name}`]),
    `ip route replace ${network} dev ${nic.name} table ${table}`,
    `ip route replace default via ${gateway} dev ${nic.name} onlink table ${table}`,
    `{ ip rule add from ${address} lookup ${table} priority ${table} 2>/dev/null || true; }`,
  ];
}

/** ifupdown's: one more stanza of the interface, beside whatever stanza it has. */
const stanza: Form = {
  path: (facts, nic) => {
    const path = dropInPath(readTree(facts.files, nic.manager), facts.directories);
    if (path === undefined) throw new CoreError('guest.noDirectory', { path: mainFile, interface: nic.name });
    return path.replace(ownFileName, `${ownFileName}-${nic.name}`);
  },
  creation: {},
  takesOver: false,
  render: (content, facts) => {
    const { nic, routing, entries } = content;
    const own = stanza.path(facts, nic);
    const others = readTree(facts.files, nic.manager).files.filter(({ file }) => file.path !== own);
    // A second one is fatal to old versions.
    const isStarted = others.some((file) => file.content.started.includes(nic.name));
    return [
      fileHeader(content),
      ...(isStarted ? [] : [`auto ${nic.name}`]),
      `iface ${nic.name} inet manual`,
      ...entries.flatMap((entry) => [
        `    ${entryMarker(entry)}`,
        ...commands(content, entry.address, entry.ruleOnly).map((line) => `    up ${line}`),
        `    down ip rule del from ${entry.address} lookup ${routing.table} || true`,
        ...(entry.ruleOnly ? [] : [`    down ip addr del ${entry.address}/32 dev ${nic.name} || true`]),
      ]),
      '',
    ].join('\n');
  },
};

/** ifupdown2's: a hook, for the reason that the primary interface has one. */
const hook: Form = {
  path: (_facts, nic) => `/etc/network/if-up.d/${ownFileName}-${nic.name}`,
  creation: { mode: '755' },
  takesOver: false,
  render: (content) => {
    const { nic, entries } = content;
    return [
      '#!/bin/sh',
      fileHeader(content),
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
      `[ -e /sys/class/net/${nic.name} ] || exit 0`,
      `ip link set dev ${nic.name} up`,
      ...entries.flatMap((entry) => [
        entryMarker(entry),
        ...commands(content, entry.address, entry.ruleOnly),
      ]),
      '',
    ].join('\n');
  },
};

/** networkd's: a unit of the interface alone, which comes before those of several. */
export const unit: Form = {
  path: (_facts, nic) => `/etc/systemd/network/05-ec2-multi-ip-${nic.name}.network`,
  creation: {},
  takesOver: true,
  render: (content) => {
    const { nic, routing, entries } = content;
    const { network, gateway, table } = routing;
    return `${fileHeader(content)}
[Match]
MACAddress=${nic.mac}
Type=ether

[Link]
RequiredForOnline=no

[Route]
Destination=${network}
Scope=link
Table=${table}

[Route]
Gateway=${gateway}
GatewayOnLink=yes
Table=${table}
${entries
  .map(
    (entry) => `
${entryMarker(entry)}
[Address]
Address=${entry.address}/32
AddPrefixRoute=false

[RoutingPolicyRule]
From=${entry.address}
Table=${table}
Priority=${table}
`,
  )
  .join('')}`;
  },
};

/** netplan's, where no id of several interfaces has this one already. */
export const yaml: Form = {
  path: (_facts, nic) => `/etc/netplan/${ownFileName}-${nic.name}.yaml`,
  creation: { mode: '600' },
  // What another file says of the same id, such as its lease, is merged.
  takesOver: false,
  render: (content) => {
    const { nic, routing, entries } = content;
    const { network, gateway, table } = routing;
    const held = entries.filter(({ ruleOnly }) => !ruleOnly);
    return [
      fileHeader(content),
      ...['network:', '  version: 2', '  ethernets:', `    ${nic.name}:`, '      optional: true'],
      ...(held.length === 0 ? [] : ['      addresses:']),
      ...held.map(({ address }) => `        - "${address}/32"`),
      '      routes:',
      `        - {to: "${network}", scope: link, table: ${table}}`,
      `        - {to: "0.0.0.0/0", via: "${gateway}", on-link: true, table: ${table}}`,
      '      routing-policy:',
      ...entries.flatMap((entry) => [
        `        ${entryMarker(entry)}`,
        `        - {from: "${entry.address}", table: ${table}, priority: ${table}}`,
      ]),
      '',
    ].join('\n');
  },
};

/** The form for each manager; netplan's is chosen by what it made of the interface. */
export const forms: Partial<Readonly<Record<NetworkManager, Form>>> = {
  ifupdown: stanza,
  'ifupdown-ng': stanza,
  ifupdown2: hook,
  networkd: unit,
  netplan: yaml,
  NetworkManager: keyfile,
};
