import type {
  AddressTarget,
  EipTarget,
  EniTarget,
  InstanceTarget,
  PlanTarget,
  RegionTarget,
  VpcTarget,
} from './target.ts';

/** Every command with what it may be given; without a target it asks. */
export interface CommandTargets {
  'ec2MultiIp.createStack': RegionTarget;
  'ec2MultiIp.addPairs': EniTarget | AddressTarget;
  'ec2MultiIp.pair': EniTarget | AddressTarget | EipTarget;
  'ec2MultiIp.unpair': AddressTarget | EipTarget;
  'ec2MultiIp.moveEip': AddressTarget | EipTarget;
  'ec2MultiIp.removePairs': EniTarget | AddressTarget;
  'ec2MultiIp.releaseEips': EipTarget;
  'ec2MultiIp.reverseDns': AddressTarget | EipTarget;
  'ec2MultiIp.attachEni': EniTarget;
  'ec2MultiIp.launch': EniTarget;
  'ec2MultiIp.configureGuest': EniTarget | AddressTarget;
  'ec2MultiIp.revertGuest': EniTarget | AddressTarget;
  'ec2MultiIp.validate': VpcTarget | EniTarget | AddressTarget;
  'ec2MultiIp.diagnose': VpcTarget | EniTarget | AddressTarget;
  'ec2MultiIp.validationHistory': never;
  'ec2MultiIp.rebootAndProve': InstanceTarget | EniTarget | AddressTarget;
  'ec2MultiIp.checkMail': VpcTarget | EniTarget | AddressTarget;
  'ec2MultiIp.copyMailSettings': EniTarget | AddressTarget;
  'ec2MultiIp.tearDown': VpcTarget;
  'ec2MultiIp.resumePlan': PlanTarget;
  'ec2MultiIp.undoPlan': PlanTarget;
  'ec2MultiIp.openPlanLog': PlanTarget;
  'ec2MultiIp.refresh': never;
  'ec2MultiIp.chooseProfile': never;
  'ec2MultiIp.chooseRegion': never;
  'ec2MultiIp.chooseRegions': never;
  'ec2MultiIp.signIn': never;
  'ec2MultiIp.forgetSecrets': never;
  'ec2MultiIp.copyAddress': AddressTarget | EipTarget;
  'ec2MultiIp.copyIamPolicy': never;
  'ec2MultiIp.copyId': VpcTarget | InstanceTarget | EniTarget | EipTarget;
  'ec2MultiIp.copyArn': VpcTarget | InstanceTarget | EniTarget | EipTarget;
  'ec2MultiIp.copySshConfig': EniTarget | AddressTarget;
  'ec2MultiIp.openSsh': EniTarget | AddressTarget;
  'ec2MultiIp.openConsole': RegionTarget | VpcTarget | InstanceTarget | EniTarget | AddressTarget | EipTarget;
  'ec2MultiIp.filter': never;
  'ec2MultiIp.clearFilter': never;
  'ec2MultiIp.groupByVpc': never;
  'ec2MultiIp.groupByInstance': never;
  'ec2MultiIp.cancelReading': never;
  'ec2MultiIp.showLog': never;
}

/** The id of a contributed command. */
export type CommandId = keyof CommandTargets;

/** Which targets each command takes; the keys are all the commands that there are. */
export const commandTargets: {
  readonly [C in CommandId]: readonly CommandTargets[C]['kind'][];
} = {
  'ec2MultiIp.createStack': ['region'],
  'ec2MultiIp.addPairs': ['eni', 'address'],
  'ec2MultiIp.pair': ['eni', 'address', 'eip'],
  'ec2MultiIp.unpair': ['address', 'eip'],
  'ec2MultiIp.moveEip': ['address', 'eip'],
  'ec2MultiIp.removePairs': ['eni', 'address'],
  'ec2MultiIp.releaseEips': ['eip'],
  'ec2MultiIp.reverseDns': ['address', 'eip'],
  'ec2MultiIp.attachEni': ['eni'],
  'ec2MultiIp.launch': ['eni'],
  'ec2MultiIp.configureGuest': ['eni', 'address'],
  'ec2MultiIp.revertGuest': ['eni', 'address'],
  'ec2MultiIp.validate': ['vpc', 'eni', 'address'],
  'ec2MultiIp.diagnose': ['vpc', 'eni', 'address'],
  'ec2MultiIp.validationHistory': [],
  'ec2MultiIp.rebootAndProve': ['instance', 'eni', 'address'],
  'ec2MultiIp.checkMail': ['vpc', 'eni', 'address'],
  'ec2MultiIp.copyMailSettings': ['eni', 'address'],
  'ec2MultiIp.tearDown': ['vpc'],
  'ec2MultiIp.resumePlan': ['plan'],
  'ec2MultiIp.undoPlan': ['plan'],
  'ec2MultiIp.openPlanLog': ['plan'],
  'ec2MultiIp.refresh': [],
  'ec2MultiIp.chooseProfile': [],
  'ec2MultiIp.chooseRegion': [],
  'ec2MultiIp.chooseRegions': [],
  'ec2MultiIp.signIn': [],
  'ec2MultiIp.forgetSecrets': [],
  'ec2MultiIp.copyAddress': ['address', 'eip'],
  'ec2MultiIp.copyIamPolicy': [],
  'ec2MultiIp.copyId': ['vpc', 'instance', 'eni', 'eip'],
  'ec2MultiIp.copyArn': ['vpc', 'instance', 'eni', 'eip'],
  'ec2MultiIp.copySshConfig': ['eni', 'address'],
  'ec2MultiIp.openSsh': ['eni', 'address'],
  'ec2MultiIp.openConsole': ['region', 'vpc', 'instance', 'eni', 'address', 'eip'],
  'ec2MultiIp.filter': [],
  'ec2MultiIp.clearFilter': [],
  'ec2MultiIp.groupByVpc': [],
  'ec2MultiIp.groupByInstance': [],
  'ec2MultiIp.cancelReading': [],
  'ec2MultiIp.showLog': [],
};

/** Every setting with its default, as the manifest has it too. */
export const settingDefaults = {
  'ec2MultiIp.profile': '',
  'ec2MultiIp.region': '',
  'ec2MultiIp.furtherRegions': [] as readonly string[],
  'ec2MultiIp.endpoint': '',
  'ec2MultiIp.stack.imageId': '',
  'ec2MultiIp.stack.instanceType': 't3.micro',
  'ec2MultiIp.stack.keyName': '',
  'ec2MultiIp.ssh.user': '',
  'ec2MultiIp.ssh.keyFile': '',
  'ec2MultiIp.probe.ports': [80] as readonly number[],
  'ec2MultiIp.probe.echoUrl': 'https://checkip.amazonaws.com/',
  'ec2MultiIp.view.groupBy': 'vpc',
  'ec2MultiIp.probe.inbound': 'listener',
  'ec2MultiIp.probe.vantage': '',
  'ec2MultiIp.mail.probeHost': 'gmail-smtp-in.l.google.com',
  'ec2MultiIp.mail.heloNames': {} as Readonly<Record<string, string>>,
  'ec2MultiIp.mail.dnsServers': [] as readonly string[],
} as const;

/** The key of a contributed setting. */
export type SettingKey = keyof typeof settingDefaults;

/** The ids of the contributed views. */
export const viewIds = {
  network: 'ec2MultiIp.network',
  elasticIps: 'ec2MultiIp.elasticIps',
  activity: 'ec2MultiIp.activity',
} as const;

/** What the views have to show, which chooses among the welcome texts. */
export type Status = 'loading' | 'cancelled' | 'noCredentials' | 'noRegion' | 'failed' | 'empty' | 'ready';

/** Every value of the context key `ec2MultiIp.status`. */
export const statuses: readonly Status[] = [
  'loading',
  'cancelled',
  'noCredentials',
  'noRegion',
  'failed',
  'empty',
  'ready',
];

/** The context keys that `when` clauses may ask for. */
export const contextKeys = {
  status: 'ec2MultiIp.status',
  filtered: 'ec2MultiIp.filtered',
  // What this window has seen done, for the walkthrough's steps.
  hasAccount: 'ec2MultiIp.hasAccount',
  hasPairs: 'ec2MultiIp.hasPairs',
  hasGuest: 'ec2MultiIp.hasGuest',
  hasProof: 'ec2MultiIp.hasProof',
} as const;

/** The capability tokens that a row's `contextValue` may carry besides its kind. */
export const rowTokens = [
  'editable',
  'running',
  'paired',
  'unpaired',
  'idle',
  'removable',
  'resumable',
  'undoable',
  'available',
] as const;

/** One capability of a row, as `when` clauses match it. */
export type RowToken = (typeof rowTokens)[number];
