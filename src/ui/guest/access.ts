import type { SecretStorage } from 'vscode';
import type { Ec2 } from '../../core/aws/ec2.ts';
import { readConsole } from '../../core/aws/loginFacts.ts';
import { CoreError, isCoreError } from '../../core/base/errors.ts';
import type { Log } from '../../core/base/log.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, Instance } from '../../core/model/network.ts';
import type { ConfigProblem } from '../../core/ssh/configFile.ts';
import { consoleFingerprints } from '../../core/ssh/consoleKeys.ts';
import { keepConnection } from '../../core/ssh/keptConnection.ts';
import type { KeptConnection } from '../../core/ssh/keptConnection.ts';
import type { Acquaintance, GuestShell, OpenShell, SshQuestions } from '../../core/ssh/shell.ts';
import type { Clouds } from '../clouds.ts';
import type { Login, Logins } from './login.ts';
import { findWayToHost } from './otherHost.ts';
import { createQuestions, forgetPassphrase } from './questions.ts';
import { findWay } from './way.ts';
import type { Way } from './way.ts';

/** What connecting to guests needs. */
export interface GuestAccessDeps {
  readonly logins: Logins;
  /** Path of our own known_hosts file. */
  readonly knownHosts: string;
  readonly log: Log;
  readonly clouds: Clouds;
  /** Where a passphrase is kept whose owner asks for it. */
  readonly secrets: SecretStorage;
  /** Tells a person what is wrong and does not stop us. */
  readonly report: (error: CoreError) => void;
}

/** What opens connections to one instance. */
export interface GuestConnections {
  readonly open: OpenShell;
  /** Through one of its Elastic IPs instead of the usual one. */
  readonly openThrough: (publicIp: string) => OpenShell;
  /** For two steps that follow each other. */
  readonly kept: KeptConnection;
}

/** How another program logs in to an instance. */
export interface GuestLogin extends Login {
  /** The EIP of its primary address. */
  readonly host: string;
  /** Path of the host keys that we have verified. */
  readonly knownHosts: string;
}

/** Opens SSH connections to instances through the EIP of their primary address. */
export interface GuestAccess {
  /** Asks how to log in where that is not known, and gives what opens connections from then on. */
  shellOf(index: InventoryIndex, eni: Eni): Promise<OpenShell>;
  /** Where and as whom to log in, for another program than this; asks as `shellOf` does. */
  loginTo(index: InventoryIndex, eni: Eni): Promise<GuestLogin>;
  /** The same, through any of the instance's Elastic IPs. */
  connectionsTo(index: InventoryIndex, eni: Eni): Promise<GuestConnections>;
  /** Connects to any other host: a name of `~/.ssh/config`, or `user@host:port`. */
  shellTo(name: string): OpenShell;
}

/** The instance of an ENI; throws `plan.notFound` where it has none. */
export function requireInstance(index: InventoryIndex, eni: Eni): Instance {
  const id = eni.attachment?.instanceId ?? '';
  const instance = index.instances.get(id);
  if (instance === undefined) throw new CoreError('plan.notFound', { what: 'instance', id: id || eni.id });
  return instance;
}

/** The way in: the EIP of the instance's primary address, which the guest always has. */
function wayIn(index: InventoryIndex, instance: Instance): string {
  const enis = instance.eniIds.flatMap((id) => index.enis.get(id) ?? []);
  const first = [...enis].sort(
    (a, b) => (a.attachment?.deviceIndex ?? 0) - (b.attachment?.deviceIndex ?? 0),
  )[0];
  const publicIp = first?.addresses.find(({ primary }) => primary)?.association?.publicIp;
  if (publicIp !== undefined) return publicIp;
  throw new CoreError('plan.notFound', { what: 'primary Elastic IP', id: instance.id });
}

/** Reports each error once, however often it comes. */
function once(report: (error: CoreError) => void): (error: CoreError) => void {
  const told = new Set<string>();
  return (error) => {
    if (!told.has(error.message)) report(error);
    told.add(error.message);
  };
}

/** Forgets what turned out to be wrong, so that it is asked for again. */
async function forget(
  error: unknown,
  instance: Instance,
  { logins, secrets }: GuestAccessDeps,
): Promise<void> {
  if (isCoreError(error, 'ssh.keyWrongPassphrase')) await forgetPassphrase(error.data.path, secrets);
  if (forgetful.some((code) => isCoreError(error, code))) await logins.forget(instance);
}

/** What opens a connection; ssh2 is loaded with the first one. */
function connector({ knownHosts, log }: GuestAccessDeps, report: (error: CoreError) => void) {
  return async (
    { target, config, ec2 }: Omit<Way, 'login'> & { readonly ec2?: Ec2 },
    questions: SshQuestions,
    signal?: AbortSignal,
    met?: Acquaintance,
  ): Promise<GuestShell> => {
    const [door, { openHostKeys }] = await Promise.all([
      import('../../core/ssh/door.ts'),
      import('../../core/ssh/hostKeys.ts'),
    ]);
    if (config.hasProxyCommand) report(new CoreError('ssh.proxyCommand', { host: target.host }));
    const { instanceId = '' } = target;
    const { knownHostsFiles: others, hashKnownHosts: hashed } = config;
    return door.connect(target, {
      questions,
      hostKeys: openHostKeys(knownHosts, { others, hashed }),
      ...{ log, signal, met },
      ...(instanceId !== '' &&
        ec2 !== undefined && {
          printed: async (abort) =>
            consoleFingerprints(await readConsole(ec2, instanceId, { signal: abort, onDenied: report })),
        }),
    });
  };
}

/** Makes the access. */
export function createGuestAccess(deps: GuestAccessDeps): GuestAccess {
  const { logins, clouds } = deps;
  const report = once(deps.report);
  const tell = (problem: ConfigProblem) => {
    report(new CoreError('ssh.configInvalid', problem));
  };
  const connect = connector(deps, report);
  const wayTo = async (index: InventoryIndex, eni: Eni) => {
    const instance = requireInstance(index, eni);
    const ec2 = await (await clouds.inRegion(index.inventory.region)).ec2();
    const asked = { ec2, logins, tell, onDenied: report };
    return { instance, ec2, way: await findWay(wayIn(index, instance), instance, asked) };
  };
  const connectionsTo: GuestAccess['connectionsTo'] = async (index, eni) => {
    const { instance, ec2, way } = await wayTo(index, eni);
    const questions = createQuestions(deps.secrets, instance.id);
    const met: Acquaintance = { certificates: new Map() };
    const openThrough =
      (publicIp: string): OpenShell =>
      async (signal) => {
        try {
          const target = { ...way.target, host: publicIp };
          const shell = await connect({ ...way, target, ec2 }, questions, signal, met);
          await logins.remember(instance, way.login);
          return shell;
        } catch (error) {
          await forget(error, instance, deps);
          throw error;
        }
      };
    const open = openThrough(way.target.host);
    return { open, openThrough, kept: keepConnection(open) };
  };
  return {
    connectionsTo,
    loginTo: async (index, eni) => {
      const { instance, way } = await wayTo(index, eni);
      return { ...way.login, host: wayIn(index, instance), knownHosts: deps.knownHosts };
    },
    shellOf: async (index, eni) => (await connectionsTo(index, eni)).open,
    shellTo: (name) => async (signal) =>
      connect(await findWayToHost(name, tell), createQuestions(deps.secrets, name), signal),
  };
}

const forgetful = [
  'ssh.loginRefused',
  'ssh.securityKey',
  'ssh.tooManyKeys',
  'ssh.keyInvalid',
  'ssh.keyMissing',
] as const;
