import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Ec2 } from '../../core/aws/ec2.ts';
import { readLoginFacts } from '../../core/aws/loginFacts.ts';
import type { LoginFacts } from '../../core/aws/loginFacts.ts';
import type { CoreError } from '../../core/base/errors.ts';
import type { Instance } from '../../core/model/network.ts';
import { readSshConfig } from '../../core/ssh/config.ts';
import type { HostConfig } from '../../core/ssh/config.ts';
import type { ConfigProblem } from '../../core/ssh/configFile.ts';
import { guessUser } from '../../core/ssh/loginName.ts';
import { fileMatchesKeyPair } from '../../core/ssh/publicKeys.ts';
import type { SshTarget } from '../../core/ssh/shell.ts';
import { targetOf } from '../../core/ssh/target.ts';
import { privateKeys, sshFolder } from './keyFiles.ts';
import { agentSocket } from './login.ts';
import type { Login, Logins } from './login.ts';

/** How to get into an instance. */
export interface Way {
  readonly target: SshTarget;
  readonly login: Login;
  /** What the person's own SSH configuration says of it. */
  readonly config: HostConfig;
}

/** What finding the way needs. */
export interface WayDeps {
  readonly ec2: Ec2;
  readonly logins: Logins;
  /** Told of each line of the configuration that is passed over. */
  readonly tell: (problem: ConfigProblem) => void;
  /** Told which IAM action is missing, so that more has to be asked for. */
  readonly onDenied: (error: CoreError) => void;
}

/** Puts together what the configuration of SSH, EC2 and the person say; asks for what none of the first two knows. */
export async function findWay(host: string, instance: Instance, deps: WayDeps): Promise<Way> {
  const home = homedir();
  const [ssh, facts] = await Promise.all([
    readSshConfig(join(home, '.ssh', 'config'), home),
    readLoginFacts(deps.ec2, instance, deps),
  ]);
  ssh.problems.forEach(deps.tell);
  const config = ssh.of(host);
  const login = await deps.logins.of(instance, {
    user: config.user,
    guessed: facts.image && guessUser(facts.image),
    keyFile: await keyFileOf(config, facts.keyPair),
  });
  const { keyPair } = facts;
  const target = targetOf(ssh, { host, ...login, agent: agentSocket(), instanceId: instance.id, keyPair });
  // What the person set or answered here is newer than what a file says for many hosts.
  return { target: { ...target, user: login.user }, login, config };
}

/** A key that needs no question: of the key pair by its fingerprint, or what the configuration names. */
async function keyFileOf(
  { identityFiles }: HostConfig,
  pair: LoginFacts['keyPair'],
): Promise<string | undefined> {
  const candidates = [...new Set([...identityFiles, ...(await privateKeys(sshFolder()))])];
  if (pair !== undefined) {
    const matching = await Promise.all(candidates.map((path) => fileMatchesKeyPair(path, pair)));
    const found = candidates[matching.indexOf(true)];
    if (found !== undefined) return found;
  }
  return identityFiles.length === 1 ? identityFiles[0] : undefined;
}
