import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ConfigProblem, Found } from './configFile.ts';
import { expandHome } from './home.ts';

/** What `~/.ssh/config` says of one host; paths are whole. */
export interface HostConfig {
  /** Where to connect to. */
  readonly hostName: string;
  readonly port?: number;
  readonly user?: string;
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** A socket or pipe, or `none`; absent where the environment decides. */
  readonly identityAgent?: string;
  /** Such as `user@bastion:2222`, the first one first. */
  readonly proxyJump: readonly string[];
  /** A program was to make the way; such are not run. */
  readonly hasProxyCommand: boolean;
  readonly knownHostsFiles: readonly string[];
  readonly hashKnownHosts: boolean;
  /** What the host's key is known by instead of its address. */
  readonly hostKeyAlias?: string;
}

/** A person's configuration of OpenSSH. */
export interface SshConfig {
  /** Of a host by its address or name, or by the name of the section whose `HostName` it is. */
  of(host: string): HostConfig;
  readonly problems: readonly ConfigProblem[];
}

/** Reads a configuration with what it includes; a missing file says nothing, a bad line is told and passed over. */
export async function readSshConfig(path: string, home: string): Promise<SshConfig> {
  if (!(await canRead(path))) {
    return { of: (host) => hostConfig({ section: host, values: {} }, home), problems: [] };
  }
  // Who has none needs no parser of it.
  const { readConfigFile } = await import('./configFile.ts');
  const file = await readConfigFile(path, home);
  return { of: (host) => hostConfig(file.find(host), home), problems: file.problems };
}

async function canRead(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function hostConfig({ section, values }: Found, home: string): HostConfig {
  const list = (name: string) => [values[name] ?? []].flat();
  const first = (name: string) => list(name)[0];
  const isYes = (name: string) => /^(yes|true)$/i.test(first(name) ?? '');
  const hostName = expandTokens(first('hostname') ?? section, { h: section });
  const [port, user, agent] = [Number(first('port')), first('user'), first('identityagent')];
  const alias = first('hostkeyalias');
  const tokens = {
    ...localTokens(home),
    h: hostName,
    k: alias ?? section,
    n: section,
    p: String(port || 22),
    r: user ?? '',
  };
  const path = (text: string) => expandTokens(expandHome(text, home), tokens);
  const files = (name: string, otherwise: readonly string[]) => {
    const named = list(name).flatMap((value) => value.split(/\s+/));
    return (named.length > 0 ? named : otherwise).filter((file) => !/^none$/i.test(file)).map(path);
  };
  // Whichever is named first keeps the other from counting, even where it says `none`.
  const [way] = Object.keys(values).filter((name) => name === 'proxyjump' || name === 'proxycommand');
  const named = list(way ?? '').join(',');
  const leads = named !== '' && !/^none$/i.test(named);
  return {
    hostName,
    ...(Number.isInteger(port) && port > 0 && { port }),
    ...(user !== undefined && { user }),
    // A key that is named twice is one try of those that a server allows.
    identityFiles: [...new Set(list('identityfile').map(path))],
    identitiesOnly: isYes('identitiesonly'),
    ...(agent !== undefined && agentOf(agent, path)),
    proxyJump: leads && way === 'proxyjump' ? named.split(/\s*,\s*/) : [],
    hasProxyCommand: leads && way === 'proxycommand',
    knownHostsFiles: [
      ...files('userknownhostsfile', ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']),
      ...files('globalknownhostsfile', machinesKnownHosts()),
    ],
    hashKnownHosts: isYes('hashknownhosts'),
    ...(alias !== undefined && { hostKeyAlias: alias }),
  };
}

function agentOf(value: string, path: (text: string) => string): { identityAgent?: string } {
  if (/^none$/i.test(value)) return { identityAgent: 'none' };
  const variable = value === 'SSH_AUTH_SOCK' ? value : /^\$(\w+)$/.exec(value)?.[1];
  if (variable === undefined) return { identityAgent: path(value) };
  const socket = process.env[variable];
  return socket === undefined || socket === '' ? {} : { identityAgent: socket };
}

/** What a machine's administrator keeps for all its users, the keys of authorities above all. */
function machinesKnownHosts(): readonly string[] {
  const isWindows = process.platform === 'win32';
  const folder = isWindows ? join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return ['ssh_known_hosts', 'ssh_known_hosts2'].map((name) => join(folder, name));
}

/** What a path may name of this machine. */
function localTokens(home: string): Readonly<Record<string, string>> {
  const name = hostname();
  const id = String(process.getuid?.() ?? '');
  return { d: home, i: id, l: name, L: name.replace(/\..*/, ''), u: localUser() };
}

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? process.env['USERNAME'] ?? '';
  }
}

function expandTokens(text: string, tokens: Readonly<Record<string, string>>): string {
  return text
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => process.env[name] ?? whole)
    .replace(/%(.)/g, (whole, letter: string) => (letter === '%' ? '%' : (tokens[letter] ?? whole)));
}
