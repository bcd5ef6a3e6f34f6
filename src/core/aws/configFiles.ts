import { readFile } from 'node:fs/promises';
import { externalDataInterceptor, loadSharedConfigFiles } from '@smithy/core/config';
import { awsFilePaths } from './filePaths.ts';

const HEADER = /^\s*\[\s*(?:(profile)\s+)?(["']?)([^\]]*?)\2\s*\]/;
const SOURCE = /^(\s*source_profile\s*=\s*)(.*?)\s*$/;

/**
 * A profile's name as the SDK reads it, which skips sections whose names have spaces or letters beyond ASCII.
 *
 * The AWS CLI takes them all; so does whoever uses this name and `readConfigFiles`.
 */
export function sdkName(profile: string): string {
  // One name makes the SDK drop the whole file.
  if (profile === '__proto__') return '%5F_proto__';
  return profile.replace(/[^\w@+.:/-]/gu, encodeURIComponent);
}

/** What `sdkName` was made of. */
export function ownName(sdk: string): string {
  try {
    return decodeURIComponent(sdk);
  } catch {
    return sdk;
  }
}

function sdkLine(line: string): string {
  const [, prefix, , title = ''] = HEADER.exec(line) ?? [];
  if (prefix !== undefined) return `[profile ${sdkName(title)}]`;
  const isPlain = title !== '' && !/^(sso-session|services)\s/.test(title);
  return isPlain
    ? `[${sdkName(title)}]`
    : line.replace(SOURCE, (_, key: string, name: string) => key + sdkName(name));
}

async function readForSdk(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  externalDataInterceptor.interceptFile(
    path,
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map(sdkLine)
      .join('\n'),
  );
}

/** Reads the AWS configuration files anew, for us and for all of the SDK, which would keep what it read once. */
export async function readConfigFiles(): ReturnType<typeof loadSharedConfigFiles> {
  await Promise.all(Object.values(awsFilePaths()).map(readForSdk));
  return loadSharedConfigFiles();
}
