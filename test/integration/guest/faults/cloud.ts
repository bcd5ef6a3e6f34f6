import {
  AssignPrivateIpAddressesCommand,
  AttachNetworkInterfaceCommand,
  CreateRouteCommand,
  DeleteInternetGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteCommand,
  DescribeNetworkInterfacesCommand,
  DetachInternetGatewayCommand,
  DetachNetworkInterfaceCommand,
  DisassociateAddressCommand,
  StopInstancesCommand,
  UnassignPrivateIpAddressesCommand,
} from '@aws-sdk/client-ec2';
import { associate, given, makeInterface } from '../../../lab/testing/stack.ts';
import type { DiagnoseLab, Placed } from '../diagnoseLab.ts';
import type { Faults } from '../faults.ts';

const nothing = () => Promise.resolve();
const DESTINATION = '0.0.0.0/0';

/** Faults of what EC2 holds. */
export function cloudFaults(at: DiagnoseLab) {
  const { ec2, pairs, vpcId, subnetId, groupId, routeTableId, guest } = at;
  const [, second, third] = pairs;
  const takeOff = async (pair: Placed) =>
    ec2.send(new DisassociateAddressCommand({ AssociationId: given(await at.associationOf(pair)) }));
  const takeAllOff = async () => {
    for (const pair of [...pairs, at.vantage]) await takeOff(pair);
    return at.gatewayId();
  };
  const detach = async () => {
    const InternetGatewayId = await takeAllOff();
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: vpcId }));
    return InternetGatewayId;
  };
  const vantageBack = () => associate(ec2, at.vantage, at.vantage.networkInterfaceId);
  const route = { RouteTableId: routeTableId, DestinationCidrBlock: DESTINATION };
  const routeTo = async (NetworkInterfaceId: string) => {
    await ec2.send(new DeleteRouteCommand(route));
    await ec2.send(new CreateRouteCommand({ ...route, NetworkInterfaceId }));
  };
  let gatewayId = '';
  let looseEni = '';
  return {
    notAssociated: {
      inject: () => takeOff(second),
      repair: nothing,
      expects: [[], ['notAssociated'], []],
    },
    associatedElsewhere: {
      inject: async () => {
        await takeOff(second);
        const other = { NetworkInterfaceId: third.networkInterfaceId, PrivateIpAddresses: ['192.168.1.151'] };
        await ec2.send(new AssignPrivateIpAddressesCommand(other));
        await associate(ec2, { ...second, privateAddress: '192.168.1.151' }, third.networkInterfaceId);
      },
      repair: () =>
        ec2.send(
          new UnassignPrivateIpAddressesCommand({
            NetworkInterfaceId: third.networkInterfaceId,
            PrivateIpAddresses: ['192.168.1.151'],
          }),
        ),
      expects: [[], ['associatedElsewhere'], []],
    },
    gatewayDetached: {
      inject: detach,
      repair: vantageBack,
      expects: [['gatewayDetached'], ['gatewayDetached'], ['gatewayDetached']],
    },
    gatewayMissing: {
      inject: async () => ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: await detach() })),
      repair: vantageBack,
      expects: [['gatewayMissing'], ['gatewayMissing'], ['gatewayMissing']],
    },
    routeMissing: {
      inject: () => ec2.send(new DeleteRouteCommand(route)),
      repair: nothing,
      expects: [['routeMissing'], ['routeMissing'], ['routeMissing']],
    },
    routeBlackhole: {
      inject: async () => {
        looseEni = await makeInterface(ec2, subnetId, groupId, '192.168.1.160');
        await routeTo(looseEni);
      },
      repair: () => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: looseEni })),
      expects: [['routeBlackhole'], ['routeBlackhole'], ['routeBlackhole']],
    },
    routeElsewhere: {
      inject: async () => {
        gatewayId = await at.gatewayId();
        await routeTo(third.networkInterfaceId);
      },
      repair: async () => {
        await ec2.send(new DeleteRouteCommand(route));
        await ec2.send(new CreateRouteCommand({ ...route, GatewayId: gatewayId }));
      },
      expects: [['routeElsewhere'], ['routeElsewhere'], ['routeElsewhere']],
    },
    instanceNotRunning: {
      inject: () => ec2.send(new StopInstancesCommand({ InstanceIds: [guest.instanceId] })),
      repair: nothing,
      expects: [['instanceNotRunning'], ['instanceNotRunning'], ['instanceNotRunning']],
    },
    eniNotAttached: {
      inject: async () => {
        const asked = new DescribeNetworkInterfacesCommand({
          NetworkInterfaceIds: [third.networkInterfaceId],
        });
        const { NetworkInterfaces } = await ec2.send(asked);
        await ec2.send(
          new DetachNetworkInterfaceCommand({
            AttachmentId: given(NetworkInterfaces?.[0]?.Attachment?.AttachmentId),
          }),
        );
      },
      repair: async () => {
        await ec2.send(
          new AttachNetworkInterfaceCommand({
            NetworkInterfaceId: third.networkInterfaceId,
            InstanceId: guest.instanceId,
            DeviceIndex: 1,
          }),
        );
        await guest.lab.settle();
        await guest.inGuest('ifdown --force eth1 2>/dev/null; ip rule del from 192.168.1.150; ifup eth1');
      },
      expects: [[], [], ['eniNotAttached']],
    },
  } satisfies Faults;
}
