import { homedir } from 'node:os';
import { join } from 'node:path';

/** The AWS configuration files that are in use here. */
export function awsFilePaths(): { readonly config: string; readonly credentials: string } {
  const { env } = process;
  const path = (variable: string, name: string) =>
    env[variable]?.replace(/^~(?=[/])/, homedir()) ?? join(homedir(), '.aws', name);
  return {
    config: path('AWS_CONFIG_FILE', 'config'),
    credentials: path('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
  };
}
