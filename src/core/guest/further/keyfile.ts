import { ownFileName } from '../fileEdits.ts';
import { entryMarker, fileHeader } from './form.ts';
import type { Form } from './form.ts';

/** NetworkManager's: a profile of the interface alone, preferred to the one that it makes by itself. */
export const keyfile: Form = {
  path: (_facts, nic) => `/etc/NetworkManager/system-connections/${ownFileName}-${nic.name}.nmconnection`,
  creation: { mode: '600' },
  takesOver: true,
  render: (content) => {
    const { nic, routing, entries } = content;
    const { network, gateway, table } = routing;
    return `${fileHeader(content)}
[connection]
id=ec2-multi-ip-${nic.name}
uuid=${uuidOf(nic.mac)}
type=ethernet
interface-name=${nic.name}
autoconnect-priority=100

[ipv4]
method=manual
route1=${network}
route1_options=table=${table}
route2=0.0.0.0/0,${gateway}
route2_options=table=${table},onlink=true
${entries
  .map(
    (entry, index) => `${entryMarker(entry)}
address${index + 1}=${entry.address}/32
routing-rule${index + 1}=priority ${table} from ${entry.address} table ${table}
`,
  )
  .join('')}
[ipv6]
method=ignore
`;
  },
};

/** The same for the same interface, as a profile that is written again must keep it. */
function uuidOf(mac: string): string {
  return `ec200000-0000-4000-8000-${mac.replaceAll(':', '')}`;
}
