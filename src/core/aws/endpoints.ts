import { readConfigFiles } from './configFiles.ts';
import { sdkName } from './sdkName.ts';

/** A service that may be somewhere else, by the name that the AWS configuration files use. */
export type ConfiguredService = 'ec2' | 'sts' | 'iam' | 'sso' | 'sso_oidc';

/**
 * The endpoint that the environment or a profile sets in the place of AWS's own, if one does.
 *
 * The SDK looks into the default profile alone for it, whichever profile it was told to use.
 */
export async function configuredEndpoint(
  service: ConfiguredService,
  profile = process.env['AWS_PROFILE'] ?? 'default',
): Promise<string | undefined> {
  const { env } = process;
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  const fromEnvironment = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env['AWS_ENDPOINT_URL'];
  if (fromEnvironment !== undefined) return fromEnvironment;
  const { configFile } = await readConfigFiles();
  const section = configFile[sdkName(profile)];
  const services = configFile[`services.${section?.['services'] ?? ''}`];
  return services?.[`${service}.endpoint_url`] ?? section?.['endpoint_url'];
}
