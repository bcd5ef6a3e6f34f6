import { loadSharedConfigFiles } from '@smithy/core/config';

/**
 * The endpoint that the environment or a profile sets in the place of AWS's own, if one does.
 *
 * The SDK looks into the default profile alone for it, whichever profile it was told to use.
 */
export async function configuredEndpoint(
  service: 'ec2' | 'sts',
  profile = process.env['AWS_PROFILE'] ?? 'default',
): Promise<string | undefined> {
  const { env } = process;
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  const fromEnvironment = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env['AWS_ENDPOINT_URL'];
  if (fromEnvironment !== undefined) return fromEnvironment;
  const { configFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const section = configFile[profile];
  const services = configFile[`services.${section?.['services'] ?? ''}`];
  return services?.[`${service}.endpoint_url`] ?? section?.['endpoint_url'];
}
