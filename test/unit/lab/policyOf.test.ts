import { deepEqual, equal } from 'node:assert/strict';
import type { CloudState, NetworkInterface, Route } from '../../lab/cloud/state.ts';
import type { InterfacePolicy, SubnetPolicy } from '../../lab/network/policy.ts';
import { policyOf } from '../../lab/network/policyOf.ts';
import { walk, walkInterface } from './cloud.ts';

const eni = (state: CloudState): InterfacePolicy | undefined => policyOf(state).vpcs[0]?.interfaces[0];
const subnet = (state: CloudState): SubnetPolicy | undefined => policyOf(state).vpcs[0]?.subnets[0];

function withRoutes(routes: readonly Route[]): CloudState {
  return { ...walk, routeTables: walk.routeTables.map((table) => ({ ...table, routes })) };
}

describe("the network's policy", () => {
  it('pairs addresses, the primary first', () => {
    deepEqual(eni(walk)?.addresses, [
      { privateAddress: '192.168.1.100', publicAddress: '198.51.100.10' },
      { privateAddress: '192.168.1.101', publicAddress: '198.51.100.11' },
    ]);
  });

  it('pairs nothing without an attached gateway', () => {
    const detached = { ...walk, internetGateways: [{ internetGatewayId: 'igw-1', attachments: [] }] };
    deepEqual(
      eni(detached)?.addresses.map((address) => address.publicAddress),
      [undefined, undefined],
    );
    deepEqual(subnet(detached)?.routes, [{ destination: '0.0.0.0/0', toGateway: false }]);
  });

  for (const state of ['pending', 'stopping', 'stopped', 'shutting-down', 'terminated']) {
    it(`has no place for an instance that is ${state}`, () => {
      deepEqual(policyOf({ ...walk, instances: walk.instances.map((one) => ({ ...one, state })) }), {
        vpcs: [],
      });
    });
  }

  it('asks the most specific route first, and trusts only an active one to the attached gateway', () => {
    const to = (destinationCidrBlock: string, target: string, state = 'active'): Route => ({
      destinationCidrBlock,
      target,
      state,
    });
    const routes = [
      to('0.0.0.0/0', 'igw-1'),
      to('203.0.113.0/24', 'nat-1'),
      to('203.0.113.9/32', 'igw-1', 'blackhole'),
    ];
    deepEqual(subnet(withRoutes(routes))?.routes, [
      { destination: '203.0.113.9/32', toGateway: false },
      { destination: '203.0.113.0/24', toGateway: false },
      { destination: '0.0.0.0/0', toGateway: true },
    ]);
  });

  it("prefers the subnet's own route table to the main one", () => {
    const own = { routeTableId: 'rtb-2', vpcId: 'vpc-1', main: false, subnetIds: ['subnet-1'], routes: [] };
    deepEqual(subnet({ ...walk, routeTables: [...walk.routeTables, own] })?.routes, []);
  });

  it('asks network ACL entries by their number, each direction its own', () => {
    deepEqual(
      subnet(walk)?.inbound.map((rule) => rule.allow),
      [true, false],
    );
    equal(subnet(walk)?.outbound.length, 2);
  });

  it('resolves a group named in a rule to the addresses of its members', () => {
    const peer: NetworkInterface = {
      ...walkInterface,
      networkInterfaceId: 'eni-2',
      groupIds: ['sg-2'],
      privateIpAddresses: [{ privateIpAddress: '192.168.1.120', primary: true }],
    };
    const permission = { ipProtocol: 'udp', fromPort: 53, toPort: 54, cidrBlocks: [], groupIds: ['sg-2'] };
    const state = {
      ...walk,
      networkInterfaces: [...walk.networkInterfaces, peer],
      securityGroups: walk.securityGroups.map((group) => ({ ...group, ipPermissions: [permission] })),
    };
    deepEqual(eni(state)?.ingress, [{ protocol: 17, ports: [53, 54], peer: '192.168.1.120' }]);
  });
});
