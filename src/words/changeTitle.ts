import * as l10n from '@vscode/l10n';
import type { ConfigureGuest } from '../core/guest/configureGuest.ts';
import { replacedBy, withoutReplaced } from '../core/guest/replaced.ts';
import type { AclEntry, ChangeInputs, OpenPort } from '../core/plan/changes.ts';
import type { AnyChange, ChangeKind } from '../core/plan/plan.ts';

type Titles = { readonly [K in ChangeKind]: (input: ChangeInputs[K]) => string };

function list(items: readonly string[]): string {
  return items.join(', ');
}

function portText({ protocol, fromPort, toPort, source }: OpenPort): string {
  const range = fromPort === toPort ? `${fromPort}` : `${fromPort}–${toPort}`;
  return l10n.t('{0} {1} from {2}', protocol.toUpperCase(), range, source);
}

function entryText({ egress, fromPort, toPort, cidr }: Omit<AclEntry, 'networkAclId'>): string {
  const range = fromPort === toPort ? `${fromPort}` : `${fromPort}–${toPort}`;
  return egress ? l10n.t('TCP {0} to {1}', range, cidr) : l10n.t('TCP {0} from {1}', range, cidr);
}

const titles: Titles = {
  createVpc: ({ cidr, name }) => l10n.t('Create VPC {0} “{1}”', cidr, name),
  createSubnet: ({ cidr, name }) => l10n.t('Create subnet {0} “{1}”', cidr, name),
  createInternetGateway: ({ name }) => l10n.t('Create internet gateway “{0}”', name),
  attachInternetGateway: ({ vpcId }) =>
    l10n.t('Attach the internet gateway to {0}', typeof vpcId === 'string' ? vpcId : l10n.t('the VPC')),
  createRoute: ({ destination }) => l10n.t('Route {0} to the internet gateway', destination),
  createSecurityGroup: ({ name }) => l10n.t('Create security group “{0}”', name),
  openPorts: ({ ports, direction }) =>
    direction === 'egress'
      ? l10n.t('Open {0} for what goes out', list(ports.map(portText)))
      : l10n.t('Open {0}', list(ports.map(portText))),
  closePorts: ({ ports }) => l10n.t('Close {0}', list(ports.map(portText))),
  allowInAcl: ({ networkAclId, ...entry }) => l10n.t('Let {1} pass in {0}', networkAclId, entryText(entry)),
  deleteAclEntry: ({ networkAclId, ...entry }) =>
    l10n.t('Remove from {0} what lets {1} pass', networkAclId, entryText(entry)),
  createEni: ({ primary, secondaries, name }) =>
    secondaries.length === 0
      ? l10n.t('Create network interface “{0}” with {1}', name, primary)
      : l10n.t('Create network interface “{0}” with {1} and {2}', name, primary, list(secondaries)),
  assignAddresses: ({ networkInterfaceId, addresses }) =>
    typeof networkInterfaceId === 'string'
      ? l10n.t('Assign {0} to {1}', list(addresses), networkInterfaceId)
      : l10n.t('Assign {0} to the new network interface', list(addresses)),
  allocateEip: ({ name }) => l10n.t('Allocate Elastic IP “{0}”', name),
  associateEip: ({ allocationId, privateAddress }) =>
    typeof allocationId === 'string'
      ? l10n.t('Pair {0} with {1}', privateAddress, allocationId)
      : l10n.t('Pair {0} with the new Elastic IP', privateAddress),
  moveEip: ({ publicIp, from, to }) =>
    l10n.t('Move {0} from {1} to {2}', publicIp, from.privateAddress, to.privateAddress),
  attachEni: ({ networkInterfaceId, instanceId }) =>
    typeof networkInterfaceId === 'string'
      ? l10n.t('Attach {0} to {1}', networkInterfaceId, instanceId)
      : l10n.t('Attach the new network interface to {0}', instanceId),
  detachEni: ({ networkInterfaceId, instanceId }) =>
    l10n.t('Detach {0} from {1}', networkInterfaceId, instanceId),
  launchWithEni: ({ imageId, instanceType, name, addresses }) =>
    'explicit' in addresses
      ? l10n.t(
          'Launch instance “{0}”: {1} from {2} with {3}',
          name,
          instanceType,
          imageId,
          list(addresses.explicit),
        )
      : l10n.t('Launch instance “{0}”: {1} from {2}', name, instanceType, imageId),
  importKeyPair: ({ keyName }) => l10n.t('Import public key as key pair “{0}”', keyName),
  launchInstance: ({ imageId, instanceType, name }) =>
    l10n.t('Launch instance “{0}”: {1} from {2}', name, instanceType, imageId),
  startInstance: ({ instanceId }) => l10n.t('Start instance {0}', instanceId),
  stopInstance: ({ instanceId }) => l10n.t('Stop instance {0}', instanceId),
  rebootInstance: ({ instanceId }) => l10n.t('Reboot instance {0}', instanceId),
  terminateInstance: ({ instanceId }) => l10n.t('Terminate instance {0}', instanceId),
  disassociateEip: ({ privateAddress, allocationId }) =>
    l10n.t('Unpair {0} from {1}', privateAddress, allocationId),
  clearReverseDns: ({ publicIp, domainName }) =>
    l10n.t('Clear the reverse DNS name {1} of {0}', publicIp, domainName),
  setReverseDns: ({ publicIp, domainName }) =>
    typeof publicIp === 'string'
      ? l10n.t('Set the reverse DNS name {1} of {0}', publicIp, domainName)
      : l10n.t('Set the reverse DNS name {0} of the new Elastic IP', domainName),
  releaseEip: ({ publicIp }) => l10n.t('Release Elastic IP {0}', publicIp),
  unassignAddresses: ({ addresses, networkInterfaceId }) =>
    l10n.t('Remove {0} from {1}', list(addresses), networkInterfaceId),
  deleteEni: ({ networkInterfaceId }) => l10n.t('Delete network interface {0}', networkInterfaceId),
  deleteSecurityGroup: ({ groupId, name }) => l10n.t('Delete security group “{1}” {0}', groupId, name),
  deleteRoute: ({ destination, target }) => l10n.t('Remove route {0} to {1}', destination, target),
  deleteRouteTable: ({ routeTableId }) => l10n.t('Delete route table {0}', routeTableId),
  detachInternetGateway: ({ internetGatewayId, vpcId }) =>
    l10n.t('Detach internet gateway {0} from {1}', internetGatewayId, vpcId),
  deleteInternetGateway: ({ internetGatewayId }) => l10n.t('Delete internet gateway {0}', internetGatewayId),
  deleteSubnet: ({ subnetId, cidr }) => l10n.t('Delete subnet {1} {0}', subnetId, cidr),
  deleteVpc: ({ vpcId, cidr }) => l10n.t('Delete VPC {1} {0}', vpcId, cidr),
  deleteKeyPair: ({ keyName }) => l10n.t('Delete key pair “{0}”', keyName),
  configureGuest: (change) => {
    const { interface: name } = change;
    const { bringUp, takeDown } = withoutReplaced(change);
    const up = list(bringUp.map(({ address }) => address));
    const down = list(takeDown.map(({ address }) => address));
    const masks = list(masksOf(change));
    if (up === '' && down === '' && masks !== '')
      return l10n.t('Configure {0} in the guest OS: change the mask, {1}', name, masks);
    if (up !== '') return l10n.t('Configure {0} in the guest OS: bring up {1}', name, up);
    return down === ''
      ? l10n.t('Configure {0} in the guest OS', name)
      : l10n.t('Configure {0} in the guest OS: take down {1}', name, down);
  },
};

/** What is worth knowing besides: the files that a change writes and the routing of a further interface, or what goes with a stop; mostly nothing. */
export function changeDetail(change: AnyChange): string | undefined {
  if (change.kind === 'stopInstance' && change.input.losesWayIn === true) {
    return l10n.t(
      'Its primary address has no Elastic IP: the public address that it has now goes, and the way in with it.',
    );
  }
  return change.kind === 'configureGuest' ? guestDetail(change.input) : undefined;
}

function masksOf(change: ConfigureGuest): string[] {
  return replacedBy(change).map(
    ({ from, to }) => `${from.address}/${from.prefixLength} → /${to.prefixLength}`,
  );
}

function guestDetail(change: ConfigureGuest): string | undefined {
  const { files, routing, interface: name } = change;
  const { bringUp, takeDown } = withoutReplaced(change);
  const routed = list(routing?.add ?? []);
  // Where nothing else happens the title says it already.
  const masks = bringUp.length + takeDown.length === 0 ? '' : list(masksOf(change));
  const details = [
    ...(masks === '' ? [] : [l10n.t('Changes the mask: {0}', masks)]),
    ...(files.length === 0 ? [] : [l10n.t('Writes {0}', list(files.map(({ path }) => path)))]),
    ...(routed === ''
      ? []
      : [l10n.t('Answers from {0} leave by {1} through a routing table of its own', routed, name)]),
  ];
  return details.length === 0 ? undefined : details.join(' · ');
}

/** Says in one line what a change does. */
export function changeTitle(change: AnyChange): string {
  // The kind and the input belong together, which a union of pairs cannot tell the compiler.
  const title = titles[change.kind] as (input: AnyChange['input']) => string;
  return title(change.input);
}
