import * as l10n from '@vscode/l10n';
import type { Finding, FindingCode, FindingData } from '../core/diagnose/finding.ts';
import type { Fix } from '../core/diagnose/fix.ts';
import { mailWords } from './mailFindingText.ts';

/** What is at fault in one sentence, and what to do about it in another. */
export interface FindingWords {
  readonly fault: string;
  readonly advice: string;
}

type Words = { readonly [C in FindingCode]: (data: FindingData[C]) => FindingWords };

function vantageName(vantage: string): string {
  return vantage === '' ? l10n.t('this machine') : vantage;
}

const cloud = {
  notAssociated: ({ address, publicIp }) => ({
    fault:
      publicIp === undefined
        ? l10n.t('{0} has no Elastic IP.', address)
        : l10n.t('{0} has lost its Elastic IP {1}, which is paired with nothing now.', address, publicIp),
    advice: publicIp === undefined ? l10n.t('Pair it with an Elastic IP.') : l10n.t('Pair them again.'),
  }),
  associatedElsewhere: ({ address, publicIp, elsewhere }) => ({
    fault: l10n.t('{0} is paired with {1} instead of {2}.', publicIp, elsewhere, address),
    advice: l10n.t('Move it back, if that is where it belongs.'),
  }),
  gatewayMissing: ({ vpcId }) => ({
    fault: l10n.t('{0} has no internet gateway, so nothing gets in or out.', vpcId),
    advice: l10n.t('Create one, attach it and pair the addresses again.'),
  }),
  gatewayDetached: ({ vpcId, gatewayId }) => ({
    fault: l10n.t('The internet gateway {0} is not attached to {1}.', gatewayId, vpcId),
    advice: l10n.t('Attach it and pair the addresses again.'),
  }),
  routeMissing: ({ routeTableId, subnetId }) => ({
    fault: l10n.t('The route table {0} of {1} has no route to the internet.', routeTableId, subnetId),
    advice: l10n.t('Add a default route to the internet gateway.'),
  }),
  routeBlackhole: ({ routeTableId, destination, target }) => ({
    fault: l10n.t('The route {0} of {1} leads to {2}, which is gone.', destination, routeTableId, target),
    advice: l10n.t('Replace it by a route to the internet gateway.'),
  }),
  routeElsewhere: ({ routeTableId, destination, target }) => ({
    fault: l10n.t(
      'The route {0} of {1} leads to {2}, not to an internet gateway: Elastic IPs do not work there.',
      destination,
      routeTableId,
      target,
    ),
    advice: l10n.t('Give the subnet a route table whose default route leads to the internet gateway.'),
  }),
  eniNotAttached: ({ eniId }) => ({
    fault: l10n.t('{0} is not attached to an instance.', eniId),
    advice: l10n.t('Attach it to an instance, or launch one on it.'),
  }),
  instanceNotRunning: ({ instanceId, state }) => ({
    fault: l10n.t('The instance {0} is not running: it is “{1}”.', instanceId, state),
    advice: state === 'stopped' ? l10n.t('Start it.') : l10n.t('Wait until it has settled, then test again.'),
  }),
} satisfies Partial<Words>;

const filters = {
  securityGroupInbound: ({ groupIds, port, peer }) => ({
    fault: l10n.t('The security group {0} does not let {1} in to port {2}.', groupIds.join(', '), peer, port),
    advice: l10n.t('Let it in with a rule of the security group.'),
  }),
  securityGroupOutbound: ({ groupIds, port, peer }) => ({
    fault: l10n.t(
      'The security group {0} does not let packets out to port {2} of {1}.',
      groupIds.join(', '),
      peer,
      port,
    ),
    advice: l10n.t('Let them out with a rule of the security group.'),
  }),
  networkAclInbound: ({ networkAclId, rule, ports, peer }) => ({
    fault: l10n.t(
      'Rule {1} of the network ACL {0} denies packets from {3} to port {2}.',
      networkAclId,
      rule,
      ports,
      peer,
    ),
    advice: l10n.t('Let them pass with a rule in front of it.'),
  }),
  networkAclOutbound: ({ networkAclId, rule, ports, peer }) => ({
    fault: l10n.t(
      'Rule {1} of the network ACL {0} denies packets that go out to port {2} of {3}.',
      networkAclId,
      rule,
      ports,
      peer,
    ),
    advice: l10n.t('Let them pass with a rule in front of it: a network ACL wants a rule for answers too.'),
  }),
} satisfies Partial<Words>;

const guest = {
  addressNotInOs: ({ address, nic }) => ({
    fault: l10n.t('The guest OS does not know {0}: neither {1} nor its files have it.', address, nic),
    advice: l10n.t('Configure the guest OS.'),
  }),
  addressNotOnDisk: ({ address, nic }) => ({
    fault: l10n.t('{0} is on {1} now, but in no file: it is gone after the next boot.', address, nic),
    advice: l10n.t('Configure the guest OS, so that it stays.'),
  }),
  addressOnDiskOnly: ({ address, nic }) => ({
    fault: l10n.t('The files of the guest OS have {0}, but {1} does not have it now.', address, nic),
    advice: l10n.t('Configure the guest OS to bring it up.'),
  }),
  hostFirewall: ({ address, port }) => ({
    fault: l10n.t('The firewall of the guest itself drops connections to port {1} of {0}.', address, port),
    advice: l10n.t('Allow the port in the guest’s own rules (nftables, iptables, ufw or firewalld).'),
  }),
  sourceRuleMissing: ({ address, nic, leavesBy }) => ({
    fault: l10n.t(
      'Answers from {0} leave by {2} instead of {1}, and EC2 drops them.',
      address,
      nic,
      leavesBy,
    ),
    advice: l10n.t(
      'Give the guest a rule (ip rule add from {0} lookup TABLE) with a table whose default route leaves by {1}.',
      address,
      nic,
    ),
  }),
  rpFilter: ({ address, nic }) => ({
    fault: l10n.t(
      'The kernel drops what arrives for {0} on {1}: its strict reverse path filter (rp_filter) does not know the marks that answers are routed by.',
      address,
      nic,
    ),
    advice: l10n.t('Set net.ipv4.conf.{0}.rp_filter to 2, or route by the source address.', nic),
  }),
  nothingListens: ({ address, port }) => ({
    fault: l10n.t('Nothing listens on port {1} of {0}.', address, port),
    advice: l10n.t('Start the service, or find out why it is not running.'),
  }),
  listensElsewhere: ({ address, port, others }) => ({
    fault: l10n.t(
      'The service on port {1} listens on {2} only, not on {0}.',
      address,
      port,
      others.join(', '),
    ),
    advice: l10n.t('Let it listen on {0} too, or on all addresses.', address),
  }),
} satisfies Partial<Words>;

const outside = {
  vantageOffline: ({ vantage }) => ({
    fault: l10n.t('The test runs from {0}, which reaches nothing at all.', vantageName(vantage)),
    advice: l10n.t('Check its network, or test from another host.'),
  }),
  vantageBlocked: ({ vantage, publicIp, port }) => ({
    fault: l10n.t(
      'What {0} sends to port {2} of {1} never arrives, although AWS lets it in.',
      vantageName(vantage),
      publicIp,
      port,
    ),
    advice: l10n.t('A firewall on the way blocks it: test from another host, or on another port.'),
  }),
  port25Blocked: ({ address }) => ({
    fault: l10n.t('Mail from {0} does not leave: port 25 outbound is blocked.', address),
    advice: l10n.t(
      'Ask AWS to lift its block of port 25 for this account (Request to remove email sending limitations).',
    ),
  }),
} satisfies Partial<Words>;

const words: Words = { ...cloud, ...filters, ...guest, ...outside, ...mailWords };

/** Words a finding for a person. */
export function findingWords({ code, data }: Pick<Finding, 'code' | 'data'>): FindingWords {
  // The code and the data belong together, which a union of pairs cannot tell the compiler.
  const word = words[code] as (data: Finding['data']) => FindingWords;
  return word(data);
}

/** What the button that opens the plan of a fix says. */
export function fixLabel(fix: Fix): string {
  if (fix.recipe === 'pair') return l10n.t('Pair…');
  if (fix.recipe === 'moveEip') return l10n.t('Move Elastic IP…');
  if (fix.recipe === 'reverseDns') return l10n.t('Set Reverse DNS…');
  if (fix.recipe === 'configureGuest') return l10n.t('Configure Guest OS…');
  switch (fix.spec.what) {
    case 'gateway':
      return l10n.t('Attach Gateway…');
    case 'route':
      return l10n.t('Mend Route…');
    case 'ports':
      return l10n.t('Open Port…');
    case 'acl':
      return l10n.t('Let Pass…');
    case 'start':
      return l10n.t('Start Instance…');
  }
}
