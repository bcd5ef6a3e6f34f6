import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CoreError, isCoreError } from '../base/errors.ts';

/** The AWS configuration files that are in use here. */
export function awsFilePaths(): { readonly config: string; readonly credentials: string } {
  const { env } = process;
  const own = (name: string) => join(homedir(), '.aws', name);
  return {
    config: env['AWS_CONFIG_FILE'] ?? own('config'),
    credentials: env['AWS_SHARED_CREDENTIALS_FILE'] ?? own('credentials'),
  };
}

interface Section {
  readonly path: string;
  /** Of its header, counted from 1. */
  readonly line: number;
  readonly keys: ReadonlyMap<string, string>;
}

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
  if (!isCoreError(failure, 'aws.noCredentials')) return failure;
  return (await findProfileFault(failure.data.profile ?? 'default')) ?? failure;
}

/** Why a profile gives no credentials, where its own text tells: with the file and the line to look at. */
export async function findProfileFault(profile: string): Promise<CoreError | undefined> {
  const { config, credentials } = awsFilePaths();
  const sections = [...(await readSections(config)), ...(await readSections(credentials))];
  const of = (name: string) => sections.filter(([title]) => title === name).map(([, section]) => section);
  return incomplete(profile, of) ?? loop(profile, of);
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
  const sections: (readonly [string, Section & { readonly keys: Map<string, string> }])[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const [, title] = /^\s*\[\s*(?:profile\s+)?"?([^\]"]*?)"?\s*\]/.exec(line) ?? [];
    if (title !== undefined) sections.push([title, { path, line: index + 1, keys: new Map() }]);
    const [, key, value = ''] = /^([A-Za-z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== '') sections.at(-1)?.[1].keys.set(key, value);
  }
  return sections;
}
