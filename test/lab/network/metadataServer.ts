// The instance metadata service of one VPC, version 2 alone: runs in the VPC's namespace and reads at each request
// from the file it is given what there is to tell. Who asks is known by the address that the question comes from.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { MetadataOfInterface } from './metadata.ts';

const file = process.argv[2] ?? '';
const token = 'AQAEALABTOKEN==';

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const reply = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  };
  if (request.method === 'PUT') {
    const asked = request.headers['x-aws-ec2-metadata-token-ttl-seconds'] !== undefined;
    reply(asked ? 200 : 400, asked ? token : '');
  } else if (request.headers['x-aws-ec2-metadata-token'] !== token) {
    reply(401, '');
  } else {
    const text = answer(path, request.socket.remoteAddress ?? '');
    reply(text === undefined ? 404 : 200, text ?? '');
  }
});
server.listen(80, '169.254.169.254', () => {
  process.stdout.write('ready\n');
});

function answer(path: string, from: string): string | undefined {
  const all = JSON.parse(readFileSync(file, 'utf8')) as readonly MetadataOfInterface[];
  const asker = all.find(({ addresses }) => addresses.some(({ privateAddress }) => privateAddress === from));
  const own = all.filter(({ instanceId }) => instanceId === asker?.instanceId);
  if (path === '/latest/meta-data/instance-id') return asker?.instanceId;
  if (path === '/latest/meta-data/mac') return own.find(({ deviceIndex }) => deviceIndex === 0)?.mac;
  const macs = '/latest/meta-data/network/interfaces/macs/';
  if (path === macs) return own.map(({ mac }) => `${mac}/`).join('\n');
  if (!path.startsWith(macs)) return undefined;
  const [mac = '', what = '', eip = ''] = path.slice(macs.length).split('/');
  const nic = own.find((each) => each.mac === mac);
  const { addresses = [] } = nic ?? {};
  if (what === 'interface-id') return nic?.networkInterfaceId;
  if (what === 'device-number') return nic && String(nic.deviceIndex);
  if (what === 'local-ipv4s') return addresses.map(({ privateAddress }) => privateAddress).join('\n');
  if (what !== 'ipv4-associations') return undefined;
  const paired = addresses.filter(({ publicAddress }) => publicAddress !== undefined);
  if (eip === '')
    return paired.length === 0 ? undefined : paired.map(({ publicAddress }) => publicAddress).join('\n');
  return paired.find(({ publicAddress }) => publicAddress === eip)?.privateAddress;
}
