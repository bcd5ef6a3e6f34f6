import { homedir } from 'node:os';
import { join } from 'node:path';

/** The AWS configuration files that are in use here. */
export function awsFilePaths(): { readonly config: string; readonly credentials: string } {
  const { env } = process;
  const path = (variable: string, name: string) => {
    // One that is empty counts as none for the SDK.
    const { [variable]: set = '' } = env;
    return set === '' ? join(homedir(), '.aws', name) : set.replace(/^~(?=[/])/, homedir());
  };
  return {
    config: path('AWS_CONFIG_FILE', 'config'),
    credentials: path('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
  };
}
