import { shellQuote } from '../../base/quoting.ts';
import { clientToken } from '../changes/tags.ts';
import type { OpenPort } from '../changes.ts';
import { ask, call, json, line, tagged } from './command.ts';
import type { Commands } from './kinds.ts';
import { launches } from './launches.ts';
import { mending } from './mending.ts';
import { word } from './word.ts';

const ruled = ({ protocol, fromPort, toPort, source }: OpenPort): unknown => ({
  IpProtocol: protocol,
  FromPort: fromPort,
  ToPort: toPort,
  IpRanges: [{ CidrIp: source }],
});

const eip = (allocationId: string, query: string): string =>
  line(ask(`Addresses[0].${query}`, 'describe-addresses', '--allocation-ids', allocationId));

/** Each kind of change as calls of the AWS CLI, with the same input as the SDK's call gets. */
export const commands: Commands = {
  ...launches,
  ...mending,
  createVpc: ({ cidr, name }, step) => ({
    call: ask('Vpc.VpcId', 'create-vpc', '--cidr-block', word(cidr), tagged('vpc', name, step)),
  }),
  createSubnet: ({ vpcId, cidr, availabilityZone, name }, step) => ({
    call: ask(
      'Subnet.SubnetId',
      'create-subnet',
      ...['--vpc-id', word(vpcId), '--cidr-block', word(cidr)],
      ...(availabilityZone === undefined ? [] : ['--availability-zone', word(availabilityZone)]),
      tagged('subnet', name, step),
    ),
  }),
  createInternetGateway: ({ name }, step) => ({
    call: ask(
      'InternetGateway.InternetGatewayId',
      'create-internet-gateway',
      tagged('internet-gateway', name, step),
    ),
  }),
  attachInternetGateway: ({ internetGatewayId, vpcId }) => ({
    call: call(
      'attach-internet-gateway',
      ...['--internet-gateway-id', word(internetGatewayId), '--vpc-id', word(vpcId)],
    ),
  }),
  createRoute: ({ vpcId, routeTableId, destination, internetGatewayId }) => {
    const main = ask(
      'RouteTables[0].RouteTableId',
      'describe-route-tables',
      ...['--filters', `Name=vpc-id,Values=${word(vpcId)}`, 'Name=association.main,Values=true'],
    );
    const table = routeTableId === undefined ? `"$(${line(main)})"` : word(routeTableId);
    return {
      before: [`table=${table}`],
      call: call(
        'create-route',
        ...['--route-table-id', '"$table"', '--destination-cidr-block', word(destination)],
        ...['--gateway-id', word(internetGatewayId)],
      ),
    };
  },
  createSecurityGroup: ({ vpcId, name, description }, step) => ({
    call: ask(
      'GroupId',
      'create-security-group',
      ...['--vpc-id', word(vpcId), '--group-name', word(name), '--description', word(description)],
      tagged('security-group', name, step),
    ),
  }),
  openPorts: ({ groupId, ports, direction = 'ingress' }) => ({
    call: call(
      `authorize-security-group-${direction}`,
      ...['--group-id', word(groupId), '--ip-permissions', json(ports.map(ruled))],
    ),
  }),
  closePorts: ({ groupId, ports, direction = 'ingress' }) => ({
    call: call(
      `revoke-security-group-${direction}`,
      ...['--group-id', word(groupId), '--ip-permissions', json(ports.map(ruled))],
    ),
  }),
  createEni: ({ subnetId, groupIds, description, primary, secondaries, name, tags }, step) => ({
    call: ask(
      'NetworkInterface.NetworkInterfaceId',
      'create-network-interface',
      ...['--subnet-id', word(subnetId), '--groups', ...groupIds.map(word)],
      ...['--description', word(description), '--private-ip-addresses'],
      json([
        { PrivateIpAddress: primary, Primary: true },
        ...secondaries.map((address) => ({ PrivateIpAddress: address, Primary: false })),
      ]),
      ...['--client-token', shellQuote(clientToken(step))],
      tagged('network-interface', name, step, tags),
    ),
  }),
  assignAddresses: ({ networkInterfaceId, addresses }) => ({
    call: call(
      'assign-private-ip-addresses',
      ...['--network-interface-id', word(networkInterfaceId), '--no-allow-reassignment'],
      ...['--private-ip-addresses', ...addresses.map(word)],
    ),
  }),
  allocateEip: ({ name, publicIp }, step) => ({
    call: ask(
      'AllocationId',
      'allocate-address',
      ...['--domain', 'vpc'],
      ...(publicIp === undefined ? [] : ['--address', word(publicIp)]),
      tagged('elastic-ip', name, step),
    ),
    outputs: { publicIp: eip(word({ ref: step.changeId, output: 'allocationId' }), 'PublicIp') },
  }),
  associateEip: ({ allocationId, networkInterfaceId, privateAddress }) => ({
    call: ask(
      'AssociationId',
      'associate-address',
      ...['--allocation-id', word(allocationId), '--network-interface-id', word(networkInterfaceId)],
      ...['--private-ip-address', word(privateAddress), '--no-allow-reassociation'],
    ),
  }),
  importKeyPair: ({ keyName, publicKey }, step) => ({
    before: ['key=$(mktemp)', `printf '%s\\n' ${shellQuote(publicKey)} > "$key"`],
    call: ask(
      'KeyName',
      'import-key-pair',
      ...['--key-name', word(keyName), '--public-key-material', '"fileb://$key"'],
      tagged('key-pair', keyName, step),
    ),
    after: ['rm -f "$key"'],
  }),
  disassociateEip: ({ associationId }) => ({
    call: call('disassociate-address', '--association-id', word(associationId)),
  }),
  clearReverseDns: ({ allocationId }) => ({
    call: call(
      'reset-address-attribute',
      ...['--allocation-id', word(allocationId), '--attribute', 'domain-name'],
    ),
  }),
  setReverseDns: ({ allocationId, domainName }) => ({
    call: call(
      'modify-address-attribute',
      ...['--allocation-id', word(allocationId), '--domain-name', word(domainName)],
    ),
  }),
  releaseEip: ({ allocationId }) => ({
    call: call('release-address', '--allocation-id', word(allocationId)),
  }),
  unassignAddresses: ({ networkInterfaceId, addresses }) => ({
    call: call(
      'unassign-private-ip-addresses',
      ...['--network-interface-id', word(networkInterfaceId)],
      ...['--private-ip-addresses', ...addresses.map(word)],
    ),
  }),
  deleteEni: ({ networkInterfaceId }) => ({
    call: call('delete-network-interface', '--network-interface-id', word(networkInterfaceId)),
  }),
  deleteSecurityGroup: ({ groupId }) => ({
    call: call('delete-security-group', '--group-id', word(groupId)),
  }),
  deleteRoute: ({ routeTableId, destination }) => ({
    call: call(
      'delete-route',
      ...['--route-table-id', word(routeTableId), '--destination-cidr-block', word(destination)],
    ),
  }),
  deleteRouteTable: ({ routeTableId }) => ({
    call: call('delete-route-table', '--route-table-id', word(routeTableId)),
  }),
  detachInternetGateway: ({ internetGatewayId, vpcId }) => ({
    call: call(
      'detach-internet-gateway',
      ...['--internet-gateway-id', word(internetGatewayId), '--vpc-id', word(vpcId)],
    ),
  }),
  deleteInternetGateway: ({ internetGatewayId }) => ({
    call: call('delete-internet-gateway', '--internet-gateway-id', word(internetGatewayId)),
  }),
  deleteSubnet: ({ subnetId }) => ({ call: call('delete-subnet', '--subnet-id', word(subnetId)) }),
  deleteVpc: ({ vpcId }) => ({ call: call('delete-vpc', '--vpc-id', word(vpcId)) }),
  deleteKeyPair: ({ keyName }) => ({ call: call('delete-key-pair', '--key-name', word(keyName)) }),
  moveEip: ({ allocationId, to }) => ({
    call: call(
      'associate-address',
      ...['--allocation-id', word(allocationId), '--network-interface-id', word(to.networkInterfaceId)],
      ...['--private-ip-address', word(to.privateAddress), '--allow-reassociation'],
    ),
  }),
  attachEni: ({ networkInterfaceId, instanceId, deviceIndex }) => ({
    call: ask(
      'AttachmentId',
      'attach-network-interface',
      ...['--network-interface-id', word(networkInterfaceId), '--instance-id', word(instanceId)],
      ...['--device-index', String(deviceIndex)],
    ),
  }),
  detachEni: ({ attachmentId, networkInterfaceId }) => ({
    call: call('detach-network-interface', '--attachment-id', word(attachmentId)),
    after: [
      line(call('wait network-interface-available', '--network-interface-ids', word(networkInterfaceId))),
    ],
  }),
};
