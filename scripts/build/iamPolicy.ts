// The least rights that the extension needs, found in the calls of its own source.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** An IAM policy. */
export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** Everybody may ask who they are. */
const NEED_NONE: readonly string[] = ['sts:GetCallerIdentity'];

/**
 * What each action that changes something touches, for EC2 looks at each of these.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const TOUCHES: Readonly<Record<string, readonly string[]>> = {
  'ec2:AllocateAddress': ['elastic-ip'],
  'ec2:AssignPrivateIpAddresses': ['network-interface'],
  'ec2:AssociateAddress': ['elastic-ip', 'instance', 'network-interface'],
  'ec2:AttachInternetGateway': ['internet-gateway', 'vpc'],
  'ec2:AttachNetworkInterface': ['instance', 'network-interface'],
  'ec2:AuthorizeSecurityGroupEgress': ['security-group', 'security-group-rule'],
  'ec2:AuthorizeSecurityGroupIngress': ['security-group', 'security-group-rule'],
  'ec2:CreateInternetGateway': ['internet-gateway'],
  'ec2:CreateNetworkAclEntry': ['network-acl'],
  'ec2:CreateNetworkInterface': ['network-interface', 'security-group', 'subnet'],
  'ec2:CreateRoute': ['route-table'],
  'ec2:CreateSecurityGroup': ['security-group', 'vpc'],
  'ec2:CreateSubnet': ['subnet', 'vpc'],
  'ec2:CreateVpc': ['vpc'],
  'ec2:DeleteInternetGateway': ['internet-gateway'],
  'ec2:DeleteKeyPair': ['key-pair'],
  'ec2:DeleteNetworkAclEntry': ['network-acl'],
  'ec2:DeleteNetworkInterface': ['network-interface'],
  'ec2:DeleteRoute': ['route-table'],
  'ec2:DeleteRouteTable': ['route-table'],
  'ec2:DeleteSecurityGroup': ['security-group'],
  'ec2:DeleteSubnet': ['subnet'],
  'ec2:DeleteVpc': ['vpc'],
  'ec2:DetachInternetGateway': ['internet-gateway', 'vpc'],
  'ec2:DetachNetworkInterface': ['instance', 'network-interface'],
  'ec2:DisassociateAddress': ['elastic-ip', 'instance', 'network-interface'],
  'ec2:GetConsoleOutput': ['instance'],
  'ec2:ImportKeyPair': ['key-pair'],
  'ec2:ModifyAddressAttribute': ['elastic-ip'],
  'ec2:RebootInstances': ['instance'],
  'ec2:ReleaseAddress': ['elastic-ip'],
  'ec2:ResetAddressAttribute': ['elastic-ip'],
  'ec2:RevokeSecurityGroupEgress': ['security-group', 'security-group-rule'],
  'ec2:RevokeSecurityGroupIngress': ['security-group', 'security-group-rule'],
  'ec2:RunInstances': [
    ...['image', 'instance', 'key-pair', 'network-interface', 'security-group', 'subnet', 'volume'],
  ],
  'ec2:StartInstances': ['instance'],
  'ec2:StopInstances': ['instance'],
  'ec2:TerminateInstances': ['instance'],
  'ec2:UnassignPrivateIpAddresses': ['network-interface'],
};

/** What is tagged by the call that makes it; EC2 asks for `ec2:CreateTags` then. */
const MAKES: Readonly<Record<string, readonly string[]>> = {
  'ec2:AllocateAddress': ['elastic-ip'],
  'ec2:CreateInternetGateway': ['internet-gateway'],
  'ec2:CreateNetworkInterface': ['network-interface'],
  'ec2:CreateSecurityGroup': ['security-group'],
  'ec2:CreateSubnet': ['subnet'],
  'ec2:CreateVpc': ['vpc'],
  'ec2:ImportKeyPair': ['key-pair'],
  'ec2:RunInstances': ['instance', 'network-interface'],
};

const TAG_KEYS = ['Name', 'ec2-multi-ip:plan', 'ec2-multi-ip:step', 'ec2-multi-ip:route'];

/** The IAM actions of all calls in the source, sorted: commands of the SDK, queries, and actions by name. */
export function actionsInUse(root: string): readonly string[] {
  const folder = join(root, 'src', 'core', 'aws');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, ''));
  const commands = texts.flatMap((text) =>
    [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z0-9]+)'/g)].flatMap(
      ([, names = '', service = '']) =>
        [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name = '']) => `${service}:${name}`),
    ),
  );
  const named = texts.flatMap((text) =>
    [...text.matchAll(/'([a-z0-9]+:[A-Z][A-Za-z]+)'/g)].map(([, action = '']) => action),
  );
  // IAM is asked without a client of its own; its API has had this one version.
  const queries = texts.flatMap((text) =>
    [...text.matchAll(/Action=(\w+)&Version=2010-05-08/g)].map(([, name = '']) => `iam:${name}`),
  );
  return [...new Set([...commands, ...named, ...queries])]
    .filter((action) => !NEED_NONE.includes(action))
    .sort();
}

/**
 * The policy that allows just these actions, on just what each of them touches.
 *
 * @throws RangeError where it is not known what an action touches.
 */
export function iamPolicy(actions: readonly string[]): IamPolicy {
  const listing = actions.filter((action) => !(action in TOUCHES));
  for (const action of listing) {
    // These have no resources of their own: EC2 and IAM want a star for them.
    if (!/:(Describe|List)/.test(action)) throw new RangeError(`It is not known what ${action} touches.`);
  }
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ReadLists', Effect: 'Allow', Action: listing, Resource: '*' },
      ...statements('Read', byResource(actions, /:Get/)),
      ...statements('Write', byResource(actions, /:(?!Get)/)),
      tagging(actions.filter((action) => action in MAKES)),
    ],
  };
}

function byResource(actions: readonly string[], kind: RegExp): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const action of actions.filter((name) => name in TOUCHES && kind.test(name))) {
    const types = (TOUCHES[action] ?? []).join();
    groups.set(types, [...(groups.get(types) ?? []), action]);
  }
  return groups;
}

function statements(prefix: string, groups: ReadonlyMap<string, readonly string[]>): readonly Statement[] {
  return [...groups].map(([joined, actions]) => {
    const types = joined.split(',');
    const Sid = `${prefix}${types.map(camel).join('')}`;
    return { Sid, Effect: 'Allow', Action: actions, Resource: types.map(arn) };
  });
}

/** Tags go on what is being made, by their own keys; nothing that is there already can be tagged. */
function tagging(creating: readonly string[]): Statement {
  const types = [...new Set(creating.flatMap((action) => MAKES[action] ?? []))].sort();
  return {
    Sid: 'TagWhatIsMade',
    Effect: 'Allow',
    Action: ['ec2:CreateTags'],
    Resource: types.map(arn),
    Condition: {
      StringEquals: { 'ec2:CreateAction': creating.map((action) => action.replace('ec2:', '')) },
      'ForAllValues:StringEquals': { 'aws:TagKeys': TAG_KEYS },
    },
  };
}

/** An image belongs to no account. */
function arn(type: string): string {
  return type === 'image' ? 'arn:aws:ec2:*::image/*' : `arn:aws:ec2:*:*:${type}/*`;
}

function camel(type: string): string {
  return type.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
