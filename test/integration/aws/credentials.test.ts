import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Ec2Options, openEc2 } from '../../../src/core/aws/door.ts';
import { listProfiles } from '../../../src/core/aws/profiles.ts';
import { CoreError, isCoreError } from '../../../src/core/base/errors.ts';
import { prepareStack } from '../../../src/core/plan/preflight.ts';
import { keptLog } from '../../lab/kept.ts';
import { deny } from '../../lab/proxy/faults/deny.ts';
import { fallSilent } from '../../lab/proxy/faults/drop.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type Region, startRegion, tried, walkStack } from './region.ts';

describe('the way in to AWS', function () {
  this.timeout(300_000);
  let region: Region;

  before(async () => (region = await startRegion()));
  beforeEach(() => region.reset());
  after(() => region.stop());

  const open = (options: Partial<Ec2Options>) =>
    openEc2({ endpoint: region.proxy.endpoint, log: keptLog('credentials'), ...options });
  const refused = async (options: Partial<Ec2Options>, failure: (error: unknown) => boolean) => {
    const ec2 = await open(options);
    await rejects(prepareStack(ec2, walkStack()), failure);
    await rejects(ec2.callerIdentity(), failure);
    ec2.close();
    deepEqual(region.mutations(), []);
  };

  it('knows whose credentials these are', async () => {
    const { account, arn } = await region.ec2.callerIdentity();
    equal(account, '123456789012');
    ok(arn.startsWith('arn:aws:'), arn);
  });

  it('takes the Region from the profile, unless told', async () => {
    equal(region.ec2.region, 'us-east-1');
    equal((await open({ profile: 'lab', region: 'eu-west-1' })).region, 'eu-west-1');
    equal((await open({ profile: 'login' })).region, 'eu-central-1');
  });

  it('lists the profiles of both files', async () => {
    deepEqual(await listProfiles(), [
      { name: 'elsewhere', region: 'us-east-1' },
      { name: 'expired' },
      { name: 'invalid' },
      { name: 'lab', region: 'us-east-1' },
      { name: 'login', region: 'eu-central-1' },
      { name: 'nowhere' },
    ]);
  });

  it('says that a profile is not there', () =>
    rejects(open({ profile: 'nobody' }), coreFailure('aws.unknownProfile', { profile: 'nobody' })));

  it('says that no Region is known', () =>
    rejects(open({ profile: 'nowhere' }), coreFailure('aws.noRegion', { profile: 'nowhere' })));

  it('says that there are no credentials', async () => {
    await refused({ region: 'us-east-1' }, coreFailure('aws.noCredentials', {}));
    const profile = 'nowhere';
    await refused({ profile, region: 'us-east-1' }, coreFailure('aws.noCredentials', { profile }));
  });

  it('says that credentials have expired, whoever notices', async () => {
    const region = 'us-east-1';
    await refused(
      { profile: 'expired', region },
      coreFailure('aws.credentialsExpired', { profile: 'expired' }),
    );
    await refused({ profile: 'login', region }, coreFailure('aws.credentialsExpired', { profile: 'login' }));
  });

  it('says that credentials are refused', async () => {
    const ec2 = await open({ profile: 'invalid', region: 'us-east-1' });
    await rejects(
      prepareStack(ec2, walkStack()),
      coreFailure('aws.credentialsRefused', { profile: 'invalid', awsCode: 'AuthFailure' }),
    );
    deepEqual(region.mutations(), []);
  });

  it('takes up new credentials of the same profile when it is opened again', async () => {
    const path = join(region.files.directory, 'credentials');
    const other = '[late]\naws_access_key_id = x\naws_secret_access_key = y\nregion = us-east-1\n';
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = `${path}-late`;
    await writeFile(`${path}-late`, other);
    const ec2 = await open({ profile: 'late' });
    equal((await ec2.callerIdentity()).account, '123456789012');
    await rm(`${path}-late`);
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = path;
    await rejects(open({ profile: 'late' }), coreFailure('aws.unknownProfile', { profile: 'late' }));
  });

  it('says which endpoint refuses the connection', async () => {
    const endpoint = await freeEndpoint();
    await refused(
      { profile: 'lab', endpoint },
      coreFailure('aws.unreachable', { endpoint, reason: 'ECONNREFUSED' }),
    );
  });

  it('goes to the endpoint that the profile or the environment sets', async () => {
    const elsewhere = await openEc2({ profile: 'elsewhere', log: keptLog('credentials') });
    const failure = { endpoint: 'http://127.0.0.1:1', reason: 'ECONNREFUSED' };
    await rejects(prepareStack(elsewhere, walkStack()), coreFailure('aws.unreachable', failure));
    process.env['AWS_ENDPOINT_URL'] = region.proxy.endpoint;
    const ec2 = await openEc2({ profile: 'elsewhere', log: keptLog('credentials') });
    Reflect.deleteProperty(process.env, 'AWS_ENDPOINT_URL');
    equal((await ec2.callerIdentity()).account, '123456789012');
    equal((await ec2.describeVpcs({})).Vpcs?.length, 1);
  });

  it('says which endpoint does not answer', async () => {
    region.proxy.use(fallSilent(() => true, 'before'));
    const timeouts = { connectMilliseconds: 200, answerMilliseconds: 200 };
    const endpoint = region.proxy.endpoint;
    await refused(
      { profile: 'lab', timeouts },
      coreFailure('aws.unreachable', { endpoint, reason: 'timeout' }),
    );
  });

  it('names the action that is not allowed', async () => {
    const plan = await prepareStack(region.ec2, walkStack());
    region.proxy.use(deny('CreateVpc'));
    const outcome = await tried(region, plan);
    equal(outcome.state, 'failed');
    const [failure] = outcome.failures;
    ok(isCoreError(failure?.error, 'aws.denied'), String(failure?.error));
    deepEqual(failure.error.data, { action: 'ec2:CreateVpc' });
  });

  it('gives up at once when it is cancelled, and says nothing of AWS', async () => {
    region.proxy.use(fallSilent(() => true, 'before'));
    const cancel = new AbortController();
    const reading = prepareStack(region.ec2, walkStack(), { signal: cancel.signal });
    cancel.abort();
    await rejects(reading, (error: unknown) => !(error instanceof CoreError));
  });
});

async function freeEndpoint(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${String(port)}`;
}
