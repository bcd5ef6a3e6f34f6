import { isCoreError } from '../../core/base/errors.ts';
import { CoreError } from '../../core/base/errors.ts';
import type { Log } from '../../core/base/log.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, Instance } from '../../core/model/network.ts';
import type { GuestShell, OpenShell, SshQuestions, SshTarget } from '../../core/ssh/shell.ts';
import { agentSocket } from './login.ts';
import type { Login, Logins } from './login.ts';
import { createQuestions } from './questions.ts';

/** What connecting to guests needs. */
export interface GuestAccessDeps {
  readonly logins: Logins;
  /** Path of our own known_hosts file. */
  readonly knownHosts: string;
  readonly log: Log;
}

/** Opens SSH connections to instances through the EIP of their primary address. */
export interface GuestAccess {
  /** Asks how to log in where that is not known, and gives what opens connections from then on. */
  shellOf(index: InventoryIndex, eni: Eni): Promise<OpenShell>;
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

function targetOf(host: string, instance: Instance, { user, keyFile }: Login): SshTarget {
  const agent = agentSocket();
  return {
    host,
    port: 22,
    user,
    keyFiles: keyFile === undefined ? [] : [keyFile],
    instanceId: instance.id,
    ...(agent === undefined ? {} : { agent }),
  };
}

/** Makes the access; ssh2 is loaded with the first connection. */
export function createGuestAccess({ logins, knownHosts, log }: GuestAccessDeps): GuestAccess {
  const connect = async (
    target: SshTarget,
    questions: SshQuestions,
    signal?: AbortSignal,
  ): Promise<GuestShell> => {
    const [door, { openHostKeys }] = await Promise.all([
      import('../../core/ssh/door.ts'),
      import('../../core/ssh/hostKeys.ts'),
    ]);
    return door.connect(target, {
      questions,
      hostKeys: openHostKeys(knownHosts),
      log,
      ...(signal === undefined ? {} : { signal }),
    });
  };
  return {
    shellOf: async (index, eni) => {
      const instance = requireInstance(index, eni);
      const host = wayIn(index, instance);
      const login = await logins.of(instance);
      const questions = createQuestions();
      return async (signal) => {
        try {
          const shell = await connect(targetOf(host, instance, login), questions, signal);
          await logins.remember(instance, login);
          return shell;
        } catch (error) {
          if (isCoreError(error, 'ssh.loginRefused') || isCoreError(error, 'ssh.keyInvalid')) {
            await logins.forget(instance);
          }
          throw error;
        }
      };
    },
  };
}
