import { readFile } from 'node:fs/promises';
import { externalDataInterceptor, loadSharedConfigFiles } from '@smithy/core/config';
import { awsFilePaths } from './filePaths.ts';
import { sdkName } from './sdkName.ts';

/** A line that the SDK reads just as the AWS CLI does. */
const PLAIN =
  /^(?:#.*|\[(?!.*__proto__)(?:profile |sso-session )?[\w@+.:/-]+\]|(?:source_profile|sso_session) = [\w@+.:/-]+|(?!s(?:ource|ervice|so_session))[a-z_]+ ?=.+)?$/;

async function readForSdk(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const isPlain = text.split('\n').every((line) => PLAIN.test(line));
  // Most files are: what they need else is loaded with the first that is not.
  externalDataInterceptor.interceptFile(
    path,
    isPlain ? text : (await import('./configText.ts')).sdkText(text, sdkName),
  );
}

/** Reads the AWS configuration files anew, for us and for all of the SDK, which would keep what it read once. */
export async function readConfigFiles(): ReturnType<typeof loadSharedConfigFiles> {
  await Promise.all(Object.values(awsFilePaths()).map(readForSdk));
  return loadSharedConfigFiles();
}
