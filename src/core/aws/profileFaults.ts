import { readFile } from 'node:fs/promises';
import { CoreError, isCoreError } from '../base/errors.ts';
import { headerOf, linesOf, settingOf } from './configText.ts';
import { awsFilePaths } from './filePaths.ts';

interface Place {
  readonly path: string;
  /** Of a section its header, counted from 1. */
  readonly line: number;
}

interface Section extends Place {
  readonly keys: ReadonlyMap<string, string>;
  /** Of each key. */
  readonly lines: ReadonlyMap<string, number>;
}

type Growing = Section & { readonly keys: Map<string, string>; readonly lines: Map<string, number> };

/** What a setting is of no use without. */
const partners: readonly (readonly [given: string, ...wanted: string[]])[] = [
  ['aws_access_key_id', 'aws_secret_access_key'],
  ['aws_secret_access_key', 'aws_access_key_id'],
  ['role_arn', 'source_profile|credential_source|web_identity_token_file'],
  ['mfa_serial', 'role_arn'],
  ['sso_session', 'sso_account_id', 'sso_role_name'],
  ['sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'],
];

/** Looks into the files for why there are no credentials; any other failure stays as it is. */
export async function explainCredentials(failure: unknown): Promise<unknown> {
  if (!isCoreError(failure, 'aws.noCredentials') && !isCoreError(failure, 'aws.ssoEnded')) return failure;
  const { profile } = failure.data;
  const missing = profile === undefined ? missingVariable() : undefined;
  if (missing !== undefined) return new CoreError('aws.variableMissing', { missing });
  return (await findProfileFault(profile ?? process.env['AWS_PROFILE'] ?? 'default')) ?? failure;
}

const keyPair = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** The half of the environment's access key that is not there. */
function missingVariable(): string | undefined {
  const missing = keyPair.filter((name) => (process.env[name] ?? '') === '');
  return missing.length === 1 ? missing[0] : undefined;
}

/** Why a profile gives no credentials, where its own text tells: with the file and the line to look at. */
export async function findProfileFault(profile: string): Promise<CoreError | undefined> {
  const { config, credentials } = awsFilePaths();
  const sections = [...(await readSections(config)), ...(await readSections(credentials))];
  const of = (name: string) => sections.filter(([title]) => title === name).map(([, section]) => section);
  const found = incomplete(profile, of) ?? loop(profile, of);
  if (found !== undefined) return found;
  for (const source of sourcesOf(profile, of)) {
    const fault = incomplete(source, of) ?? dangling(source, of) ?? brokenProcess(source, of);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The profile itself, and those that its credentials come from. */
function sourcesOf(profile: string, of: Sections): ReadonlySet<string> {
  const names = new Set<string>();
  for (let name: string | undefined = profile; name !== undefined && !names.has(name);) {
    names.add(name);
    name = of(name).flatMap(({ keys }) => keys.get('source_profile') ?? [])[0];
  }
  return names;
}

/** Whoever has a credential_process and gets nothing has it to blame. */
function brokenProcess(profile: string, of: Sections): CoreError | undefined {
  const section = of(profile).find(({ keys }) => keys.has('credential_process'));
  if (section === undefined) return undefined;
  const { path, lines, line } = section;
  return new CoreError('aws.processFailed', {
    profile,
    path,
    line: lines.get('credential_process') ?? line,
  });
}

type Sections = (name: string) => readonly Section[];

function incomplete(profile: string, of: Sections): CoreError | undefined {
  const sections = of(profile);
  const has = (names: string) => names.split('|').some((name) => sections.some(({ keys }) => keys.has(name)));
  for (const [given, ...wanted] of partners) {
    const section = sections.find(({ keys }) => keys.has(given));
    const missing = wanted.find((name) => !has(name))?.split('|')[0];
    if (section === undefined || missing === undefined) continue;
    return new CoreError('aws.profileIncomplete', {
      profile,
      missing,
      path: section.path,
      line: section.line,
    });
  }
  return undefined;
}

/** What a profile's settings name, and what of that no file has. */
function dangling(profile: string, of: Sections): CoreError | undefined {
  const lacks = (missing: string, { path, line }: Place) =>
    new CoreError('aws.profileIncomplete', { profile, missing, path, line });
  for (const { keys, lines, path, line } of of(profile)) {
    const at = (key: string) => ({ path, line: lines.get(key) ?? line });
    const source = keys.get('source_profile');
    if (source !== undefined && of(source).length === 0) {
      return lacks(`[profile ${source}]`, at('source_profile'));
    }
    const session = keys.get('sso_session');
    if (session === undefined) continue;
    const [section] = of(`sso-session ${session}`);
    if (section === undefined) return lacks(`[sso-session ${session}]`, at('sso_session'));
    const missing = ['sso_start_url', 'sso_region'].find((key) => !section.keys.has(key));
    if (missing !== undefined) return lacks(missing, section);
  }
  return undefined;
}

function loop(profile: string, of: Sections): CoreError | undefined {
  const visited = new Map<string, Section>();
  for (let name = profile; ;) {
    const section = of(name).find(({ keys }) => keys.has('source_profile'));
    const next = section?.keys.get('source_profile');
    // A profile may be its own source: then its own keys count.
    if (section === undefined || next === undefined || next === name) return undefined;
    visited.set(name, section);
    if (visited.has(next)) {
      const { path, line } = section;
      return new CoreError('aws.profileLoop', { profiles: [...visited.keys(), next], path, line });
    }
    name = next;
  }
}

async function readSections(path: string): Promise<readonly (readonly [string, Section])[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return [];
  }
  const sections: (readonly [string, Growing])[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    const { kind, name } = headerOf(line) ?? {};
    if (name !== undefined) {
      const title = kind === undefined || kind === 'profile' ? name : `${kind} ${name}`;
      sections.push([title, { path, line: index + 1, keys: new Map(), lines: new Map() }]);
    }
    const [key, value = '', indent] = settingOf(line) ?? [];
    if (key === undefined || value === '' || indent !== '') continue;
    sections.at(-1)?.[1].keys.set(key, value);
    sections.at(-1)?.[1].lines.set(key, index + 1);
  }
  return sections;
}
