import { accessKeys } from '../emulator/emulator.ts';
import { secrets } from '../kept.ts';
import { type Reply, type Service, serve } from './serve.ts';

/** Where a container finds its role, as `AWS_CONTAINER_CREDENTIALS_FULL_URI` says. */
export const CONTAINER = '/container';
const ROOT = '/latest/meta-data/iam/security-credentials/';

/** The instance metadata service as an instance of today has it: nothing without a token. */
export interface InstanceMetadata extends Service {
  /** Takes the role away from the instance, or gives it back. */
  attachRole(attached: boolean): void;
}

/**
 * Starts one for an instance with the role `lab`.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export async function startInstanceMetadata(): Promise<InstanceMetadata> {
  let attached = true;
  const answer = (path: string): Reply => {
    if (!attached || !(path.startsWith(ROOT) || path === CONTAINER))
      return { status: 404, body: 'Not Found' };
    if (path === ROOT) return { body: 'lab' };
    return {
      body: {
        Code: 'Success',
        Type: 'AWS-HMAC',
        LastUpdated: new Date().toISOString(),
        AccessKeyId: accessKeys.good,
        SecretAccessKey: secrets.secretAccessKey,
        Token: secrets.sessionToken,
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      },
    };
  };
  const service = await serve(({ method, headers }, { pathname }) => {
    if (method === 'PUT' && pathname === '/latest/api/token') {
      return { headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }, body: 'imds-token' };
    }
    if (method === 'GET' && pathname === CONTAINER) return answer(pathname);
    if (headers['x-aws-ec2-metadata-token'] !== 'imds-token') return { status: 401, body: 'Unauthorized' };
    return answer(pathname);
  });
  return { ...service, attachRole: (value) => (attached = value) };
}
