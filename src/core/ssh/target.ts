import type { SshConfig } from './config.ts';
import type { KeyPairIdentity } from './publicKeys.ts';
import type { SshTarget } from './shell.ts';

/** What is known of a login besides a person's configuration; what that says wins, but for an explicit key. */
export interface LoginFacts {
  readonly host: string;
  readonly user: string;
  /** A key that was chosen: it alone is tried besides the agent. */
  readonly keyFile?: string | undefined;
  /** Where the agent of the environment listens. */
  readonly agent?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly keyPair?: KeyPairIdentity | undefined;
}

/** How many bastions may stand behind one another. */
const DEEPEST = 8;

/** Where and as whom to log in, as `~/.ssh/config` has it. */
export function targetOf(config: SshConfig, facts: LoginFacts, depth = 0): SshTarget {
  const found = config.of(facts.host);
  const agent = found.identityAgent ?? facts.agent;
  const jump = depth < DEEPEST ? found.proxyJump.at(-1) : undefined;
  return {
    host: found.hostName,
    port: found.port ?? 22,
    user: found.user ?? facts.user,
    keyFiles: facts.keyFile === undefined ? found.identityFiles : [facts.keyFile],
    ...(agent !== undefined && agent !== 'none' && { agent }),
    ...(found.identitiesOnly && { identitiesOnly: true }),
    ...(facts.instanceId !== undefined && { instanceId: facts.instanceId }),
    ...(found.hostKeyAlias !== undefined && { alias: found.hostKeyAlias }),
    ...(facts.keyPair !== undefined && { keyPair: facts.keyPair }),
    ...(jump !== undefined && { via: bastion(config, jump, found.proxyJump.slice(0, -1), facts, depth + 1) }),
  };
}

/** The last of several bastions is reached through those before it. */
function bastion(
  config: SshConfig,
  jump: string,
  before: readonly string[],
  { user, agent }: LoginFacts,
  depth: number,
): SshTarget {
  const [, name, host = jump, port] =
    /^(?:ssh:\/\/)?(?:(.+)@)?(\[[^\]]+\]|[^:@]+)(?::(\d+))?\/?$/.exec(jump) ?? [];
  const bare = host.replace(/^\[|\]$/g, '');
  const own = targetOf(config, { host: bare, user: name ?? user, agent }, depth);
  const next = before.at(-1);
  return {
    ...own,
    ...(name !== undefined && { user: name }),
    ...(port !== undefined && { port: Number(port) }),
    ...(next !== undefined && {
      via: bastion(config, next, before.slice(0, -1), { host: bare, user, agent }, depth + 1),
    }),
  };
}
