import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { readSshConfig } from '../../core/ssh/config.ts';
import type { ConfigProblem } from '../../core/ssh/configFile.ts';
import { targetOf } from '../../core/ssh/target.ts';
import { privateKeys, sshFolder } from './keyFiles.ts';
import { agentSocket } from './login.ts';
import type { Way } from './way.ts';

/** How to get into any host that a person can reach by SSH: a name of `~/.ssh/config`, or `user@host:port`. */
export async function findWayToHost(
  name: string,
  tell: (problem: ConfigProblem) => void,
): Promise<Omit<Way, 'login'>> {
  const home = homedir();
  const ssh = await readSshConfig(join(home, '.ssh', 'config'), home);
  ssh.problems.forEach(tell);
  const [, user, host = name, port] = /^(?:(.+)@)?([^@:]+)(?::(\d+))?$/.exec(name.trim()) ?? [];
  const config = ssh.of(host);
  const found = targetOf(ssh, { host, user: userInfo().username, agent: agentSocket() });
  // What a person wrote into the setting is meant for this host alone.
  const target = {
    ...found,
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port: Number(port) }),
    keyFiles: found.keyFiles.length > 0 ? found.keyFiles : await privateKeys(sshFolder()),
  };
  return { target, config };
}
