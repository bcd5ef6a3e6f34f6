import type { Ec2 } from '../../aws/ec2.ts';
import type { Handlers } from '../handler.ts';
import type { ChangeKind } from '../plan.ts';
import { attachEni, detachEni } from './attachment.ts';
import { allocateEip, releaseEip } from './eip.ts';
import { createEni, deleteEni } from './eni.ts';
import { launchInstance, launchWithEni, terminateInstance } from './instance.ts';
import {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  detachInternetGateway,
} from './internetGateway.ts';
import { deleteKeyPair, importKeyPair } from './keyPair.ts';
import { moveEip } from './move.ts';
import { allowInAcl, deleteAclEntry } from './networkAcl.ts';
import { associateEip, disassociateEip } from './pairing.ts';
import { rebootInstance, startInstance, stopInstance } from './power.ts';
import { assignAddresses, unassignAddresses } from './privateAddress.ts';
import { clearReverseDns, setReverseDns } from './reverseDns.ts';
import { createRoute, deleteRoute, deleteRouteTable } from './route.ts';
import { closePorts, createSecurityGroup, deleteSecurityGroup, openPorts } from './securityGroup.ts';
import { createSubnet, deleteSubnet } from './subnet.ts';
import { createVpc, deleteVpc } from './vpc.ts';
import { DEFAULT_WAITING, type Waiting } from './wait.ts';

/** The kinds of change that are carried out by EC2. */
export type AwsChangeKind = Exclude<ChangeKind, 'configureGuest'>;

/** The handlers of every kind of change that EC2 carries out. */
export function awsHandlers(
  ec2: Ec2,
  waiting: Waiting = DEFAULT_WAITING,
): Required<Pick<Handlers, AwsChangeKind>> {
  return {
    allocateEip: allocateEip(ec2),
    allowInAcl: allowInAcl(ec2),
    assignAddresses: assignAddresses(ec2),
    associateEip: associateEip(ec2),
    attachEni: attachEni(ec2),
    attachInternetGateway: attachInternetGateway(ec2),
    clearReverseDns: clearReverseDns(ec2, waiting),
    closePorts: closePorts(ec2),
    createEni: createEni(ec2),
    createInternetGateway: createInternetGateway(ec2),
    createRoute: createRoute(ec2),
    createSecurityGroup: createSecurityGroup(ec2),
    createSubnet: createSubnet(ec2),
    createVpc: createVpc(ec2),
    deleteAclEntry: deleteAclEntry(ec2),
    deleteEni: deleteEni(ec2),
    deleteInternetGateway: deleteInternetGateway(ec2),
    deleteKeyPair: deleteKeyPair(ec2),
    deleteRoute: deleteRoute(ec2),
    deleteRouteTable: deleteRouteTable(ec2),
    deleteSecurityGroup: deleteSecurityGroup(ec2),
    deleteSubnet: deleteSubnet(ec2),
    deleteVpc: deleteVpc(ec2),
    detachEni: detachEni(ec2, waiting),
    detachInternetGateway: detachInternetGateway(ec2),
    disassociateEip: disassociateEip(ec2),
    importKeyPair: importKeyPair(ec2),
    launchInstance: launchInstance(ec2),
    launchWithEni: launchWithEni(ec2),
    moveEip: moveEip(ec2),
    openPorts: openPorts(ec2),
    rebootInstance: rebootInstance(ec2),
    releaseEip: releaseEip(ec2),
    setReverseDns: setReverseDns(ec2, waiting),
    startInstance: startInstance(ec2, waiting),
    stopInstance: stopInstance(ec2, waiting),
    terminateInstance: terminateInstance(ec2, waiting),
    unassignAddresses: unassignAddresses(ec2),
  };
}
