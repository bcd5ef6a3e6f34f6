import type { AclEntry } from '../changes.ts';
import { call, line } from './command.ts';
import type { CliCall } from './command.ts';
import type { Commands } from './kinds.ts';
import { word } from './word.ts';

const entryOf = ({ networkAclId, ruleNumber, egress }: AclEntry): readonly string[] => [
  ...['--network-acl-id', word(networkAclId), '--rule-number', String(ruleNumber)],
  egress ? '--egress' : '--ingress',
];

const power = (what: string, instanceId: string): CliCall =>
  call(`${what}-instances`, '--instance-ids', word(instanceId));

const reached = (state: string, instanceId: string): readonly string[] => [
  line(call(`wait instance-${state}`, '--instance-ids', word(instanceId))),
];

/** The kinds of change that put a network or an instance right, as calls of the AWS CLI. */
export const mending: Pick<
  Commands,
  'allowInAcl' | 'deleteAclEntry' | 'startInstance' | 'stopInstance' | 'rebootInstance'
> = {
  allowInAcl: ({ cidr, fromPort, toPort, ...entry }) => ({
    call: call(
      'create-network-acl-entry',
      ...entryOf({ cidr, fromPort, toPort, ...entry }),
      ...['--protocol', '6', '--rule-action', 'allow', '--cidr-block', word(cidr)],
      ...['--port-range', `From=${fromPort},To=${toPort}`],
    ),
  }),
  deleteAclEntry: (entry) => ({ call: call('delete-network-acl-entry', ...entryOf(entry)) }),
  startInstance: ({ instanceId }) => ({
    call: power('start', instanceId),
    after: reached('running', instanceId),
  }),
  stopInstance: ({ instanceId }) => ({
    call: power('stop', instanceId),
    after: reached('stopped', instanceId),
  }),
  rebootInstance: ({ instanceId }) => ({ call: power('reboot', instanceId) }),
};
