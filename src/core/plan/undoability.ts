import type { ChangeKind, Undo } from './plan.ts';

/**
 * How well each kind of change can be taken back.
 *
 * `lossy` on `releaseEip`: the address may have gone to somebody else by then, and its tags are lost.
 */
export const UNDO_OF: Readonly<Record<ChangeKind, Undo>> = {
  createVpc: 'exact',
  createSubnet: 'exact',
  createInternetGateway: 'exact',
  attachInternetGateway: 'exact',
  createRoute: 'exact',
  createSecurityGroup: 'exact',
  openPorts: 'exact',
  allowInAcl: 'exact',
  deleteAclEntry: 'exact',
  startInstance: 'exact',
  stopInstance: 'lossy',
  rebootInstance: 'none',
  closePorts: 'exact',
  createEni: 'exact',
  assignAddresses: 'exact',
  allocateEip: 'exact',
  associateEip: 'exact',
  importKeyPair: 'exact',
  launchInstance: 'exact',
  launchWithEni: 'exact',
  moveEip: 'exact',
  attachEni: 'exact',
  detachEni: 'exact',
  configureGuest: 'exact',
  disassociateEip: 'exact',
  detachInternetGateway: 'exact',
  unassignAddresses: 'exact',
  clearReverseDns: 'exact',
  setReverseDns: 'exact',
  releaseEip: 'lossy',
  terminateInstance: 'none',
  deleteEni: 'none',
  deleteSecurityGroup: 'none',
  deleteRoute: 'none',
  deleteRouteTable: 'none',
  deleteInternetGateway: 'none',
  deleteSubnet: 'none',
  deleteVpc: 'none',
  deleteKeyPair: 'none',
};
