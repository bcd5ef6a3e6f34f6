import { readdir, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
// OpenSSH's format has quotes, negated patterns and Match blocks: a library of its own knows them.
import SshConfigFile, { glob, LineType } from 'ssh-config';
import type { Line } from 'ssh-config';

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

/** A line that was passed over. */
export interface ConfigProblem {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** A person's configuration of OpenSSH. */
export interface SshConfig {
  /** Of a host by its address or name, or by the name of the section whose `HostName` it is. */
  of(host: string): HostConfig;
  readonly problems: readonly ConfigProblem[];
}

/** As deep as OpenSSH follows `Include`. */
const DEEPEST = 16;

/** Reads a configuration with what it includes; a missing file says nothing, a bad line is told and passed over. */
export async function readSshConfig(path: string, home: string): Promise<SshConfig> {
  const problems: ConfigProblem[] = [];
  const lines = await read(path, { folder: dirname(path), home, problems }, []);
  const config = new SshConfigFile();
  config.push(...lines);
  return { of: (host) => hostConfig(config, host, home), problems };
}

interface Reading {
  readonly folder: string;
  readonly home: string;
  readonly problems: ConfigProblem[];
}

/** Reads a file with what it includes; `within` are those that include it, so that none includes itself. */
async function read(path: string, reading: Reading, within: readonly string[]): Promise<Line[]> {
  if (within.includes(path)) return [];
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch {
    return [];
  }
  const good = text.split(/\r?\n/).map((line, index) => {
    if (isWellFormed(line)) return line;
    reading.problems.push({ path, line: index + 1, text: line.trim().slice(0, 80) });
    return '';
  });
  return include(SshConfigFile.parse(good.join('\n')), reading, [...within, path]);
}

/** One directive with a value, a comment, or nothing. */
function isWellFormed(line: string): boolean {
  if (/^\s*(#|$)/.test(line)) return true;
  if (!/^\s*[A-Za-z][A-Za-z0-9]*(\s+|\s*=\s*)\S/.test(line)) return false;
  try {
    SshConfigFile.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Puts the lines of included files in the place of their `Include`. */
async function include(lines: readonly Line[], reading: Reading, within: readonly string[]): Promise<Line[]> {
  const all: Line[] = [];
  for (const line of lines) {
    if (line.type === LineType.DIRECTIVE && /^include$/i.test(line.param) && within.length <= DEEPEST) {
      for (const path of await included(valuesOf(line.value), reading)) {
        all.push(...(await read(path, reading, within)));
      }
    } else {
      if ('config' in line) {
        const inner = await include(line.config, reading, within);
        line.config.splice(0, line.config.length, ...inner);
      }
      all.push(line);
    }
  }
  return all;
}

async function included(patterns: readonly string[], { folder, home }: Reading): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const pattern of patterns) {
    const whole = expandHome(pattern, home);
    const absolute = isAbsolute(whole) ? whole : join(folder, whole);
    const inside = dirname(absolute);
    const names = /[*?]/.test(absolute) ? await namesIn(inside) : [basename(absolute)];
    const matching = names.filter((name) => glob(basename(absolute), name));
    paths.push(...matching.sort().map((name) => join(inside, name)));
  }
  return paths;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

type Value = string | readonly { readonly val: string }[];

function valuesOf(value: Value): readonly string[] {
  return typeof value === 'string' ? value.split(/\s+/) : value.map(({ val }) => val);
}

/** The section that a person would type the name of to get to this address. */
function sectionOf(config: SshConfigFile, address: string): string {
  const sections = config.flatMap((line) =>
    line.type === LineType.DIRECTIVE && 'config' in line && /^host$/i.test(line.param) ? [line] : [],
  );
  // What is said of the address itself is meant for it.
  if (sections.some((line) => valuesOf(line.value).includes(address))) return address;
  for (const line of sections) {
    const [name = '', ...others] = valuesOf(line.value);
    if (others.length > 0 || /[*?!]/.test(name)) continue;
    const named = line.config.some(
      (inner) =>
        inner.type === LineType.DIRECTIVE &&
        /^hostname$/i.test(inner.param) &&
        valuesOf(inner.value)[0] === address,
    );
    if (named) return name;
  }
  return address;
}

function hostConfig(config: SshConfigFile, host: string, home: string): HostConfig {
  const section = sectionOf(config, host);
  // A command of a Match line is not run: what this finds out must not depend on what happens elsewhere.
  const found: Readonly<Record<string, string | string[]>> = config.compute(
    { Host: section },
    { ignoreCase: true, matchExec: false },
  );
  const list = (name: string) => [found[name] ?? []].flat();
  const first = (name: string) => list(name)[0];
  const isYes = (name: string) => /^(yes|true)$/i.test(first(name) ?? '');
  const hostName = expandTokens(first('hostname') ?? section, { h: section });
  const [port, user, agent] = [Number(first('port')), first('user'), first('identityagent')];
  const tokens = { d: home, h: hostName, n: section, p: String(port || 22), r: user ?? '', u: localUser() };
  const path = (text: string) => expandTokens(expandHome(text, home), tokens);
  const files = (name: string, otherwise: readonly string[]) => {
    const named = list(name).flatMap((value) => value.split(/\s+/));
    return (named.length > 0 ? named : otherwise).filter((file) => !/^none$/i.test(file)).map(path);
  };
  const alias = first('hostkeyalias');
  const jumps = list('proxyjump').join(',');
  return {
    hostName,
    ...(Number.isInteger(port) && port > 0 && { port }),
    ...(user !== undefined && { user }),
    identityFiles: list('identityfile').map(path),
    identitiesOnly: isYes('identitiesonly'),
    ...(agent !== undefined && agentOf(agent, path)),
    proxyJump: /^(none)?$/i.test(jumps) ? [] : jumps.split(/\s*,\s*/),
    hasProxyCommand: jumps === '' && !/^none$/i.test(first('proxycommand') ?? 'none'),
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

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? process.env['USERNAME'] ?? '';
  }
}

/** A path whose `~` is a person's home. */
export function expandHome(path: string, home: string): string {
  return /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
}

function expandTokens(text: string, tokens: Readonly<Record<string, string>>): string {
  return text
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => process.env[name] ?? whole)
    .replace(/%(.)/g, (whole, letter: string) => (letter === '%' ? '%' : (tokens[letter] ?? whole)));
}
