import { readFile } from 'node:fs/promises';
import { CoreError } from '../base/errors.ts';
import { linesOf, settingOf } from './configText.ts';
import { awsFilePaths } from './filePaths.ts';

/** What the AWS CLI knows besides profiles, in the file that is not of keys alone. */
const SECTIONS = /^(default$|preview$|plugins$|(profile|sso-session|services)\s+\S)/;

/** What of the AWS configuration files is passed over, an error a file: the rest of it goes on working. */
export async function findConfigProblems(): Promise<readonly CoreError[]> {
  const { config, credentials } = awsFilePaths();
  const found = await Promise.all([problemOf(config, SECTIONS), problemOf(credentials, /./)]);
  return found.flat();
}

async function problemOf(path: string, sections: RegExp): Promise<readonly CoreError[]> {
  try {
    const [first, ...others] = linesPassedOver(await readFile(path, 'utf8'), sections);
    return first === undefined
      ? []
      : [new CoreError('aws.configInvalid', { path, ...first, others: others.length })];
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    // There need not be one; where its folder is a file, there is none either.
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    return [new CoreError('aws.configUnreadable', { path, reason: code }, { cause })];
  }
}

interface PassedOver {
  readonly line: number;
  readonly text: string;
}

function linesPassedOver(text: string, sections: RegExp): readonly PassedOver[] {
  let section: 'none' | 'known' | 'unknown' = 'none';
  return linesOf(text).flatMap((raw, index) => {
    const line = raw.replace(/(^|\s)[#;].*$/, '').trimEnd();
    const bare = line.trimStart();
    const title = bare.startsWith('[') && bare.endsWith(']') ? bare.slice(1, -1).trim() : undefined;
    if (title !== undefined) section = sections.test(title) ? 'known' : 'unknown';
    // An indented line may go on with the one before it. What stands in an unknown section is told of with that.
    const isLike = /^(\s|[^=\s[][^=]*=)/.test(line) || settingOf(line) !== undefined;
    const isSetting = isLike && section !== 'none';
    const isFine = title === undefined ? isSetting : section === 'known';
    return line === '' || isFine ? [] : [{ line: index + 1, text: withoutSecret(line) }];
  });
}

/** The start of a line; what may be half a key is not shown. */
function withoutSecret(line: string): string {
  return line
    .trim()
    .replace(/[A-Za-z0-9+/=]{20,}/g, '…')
    .slice(0, 60);
}
