import { deepEqual, equal, rejects } from 'node:assert/strict';
import dns from 'node:dns';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mock } from 'node:test';
import { type Ec2Options, openEc2 } from '../../../src/core/aws/door.ts';
import { keptLog } from '../../lab/kept.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type AwsFiles, writeAwsFiles } from './awsFiles.ts';

const profiles = `
[profile fips]
region = us-gov-east-1
use_fips_endpoint = true
source_profile = lab
role_arn = arn:aws-us-gov:iam::123456789012:role/lab
[profile dual]
region = eu-west-1
use_dualstack_endpoint = true
credential_process = echo '{"Version":1,"AccessKeyId":"x","SecretAccessKey":"y"}'
`;

/** What a profile of the name `moved` needs besides. */
const moved = `
[profile moved]
region = us-east-1
endpoint_url = http://all.of.profile
services = apart
credential_process = echo '{"Version":1,"AccessKeyId":"x","SecretAccessKey":"y"}'
[services apart]
sts =
  endpoint_url = http://sts.of.profile
`;

/** Which names are looked up: nothing is sent, for no name is found. */
describe('the services of AWS', () => {
  let files: AwsFiles;
  const asked = new Set<string>();

  before(async () => {
    files = await writeAwsFiles();
    await appendFile(join(files.directory, 'config'), profiles + moved);
    mock.method(dns, 'lookup', (hostname: string, options: unknown, callback: unknown) => {
      asked.add(hostname);
      const answer = (typeof options === 'function' ? options : callback) as (error: Error) => void;
      answer(Object.assign(new Error('not found'), { code: 'ENOTFOUND', hostname }));
    });
  });
  beforeEach(() => {
    asked.clear();
  });
  after(async () => {
    mock.restoreAll();
    await files.remove();
  });

  /** Asks each of them once, and gives where that would have gone. */
  const askAll = async (options: Partial<Ec2Options>): Promise<readonly string[]> => {
    const ec2 = await openEc2({ log: keptLog('endpoints'), ...options });
    await Promise.allSettled([ec2.describeVpcs({}), ec2.callerIdentity(), ec2.accountAlias()]);
    ec2.close();
    return [...asked].sort();
  };

  it('are looked for where the partition of the Region has them', async () => {
    const of = async (region: string) => {
      asked.clear();
      return askAll({ profile: 'lab', region });
    };
    deepEqual(await of('us-east-1'), [
      'ec2.us-east-1.amazonaws.com',
      'iam.amazonaws.com',
      'sts.us-east-1.amazonaws.com',
    ]);
    deepEqual(await of('cn-north-1'), [
      'ec2.cn-north-1.amazonaws.com.cn',
      'iam.cn-north-1.amazonaws.com.cn',
      'sts.cn-north-1.amazonaws.com.cn',
    ]);
    deepEqual(await of('us-gov-west-1'), [
      'ec2.us-gov-west-1.amazonaws.com',
      'iam.us-gov.amazonaws.com',
      'sts.us-gov-west-1.amazonaws.com',
    ]);
  });

  it('are FIPS’s own or IPv6’s where a profile wants that', async () => {
    deepEqual(await askAll({ profile: 'fips' }), ['sts.us-gov-east-1.amazonaws.com']);
    asked.clear();
    deepEqual(await askAll({ profile: 'dual' }), [
      'ec2.eu-west-1.api.aws',
      'iam.amazonaws.com',
      'sts.eu-west-1.api.aws',
    ]);
  });

  it('are FIPS’s own where the environment wants that, and are named where they do not answer', async () => {
    process.env['AWS_USE_FIPS_ENDPOINT'] = 'true';
    try {
      deepEqual(await askAll({ profile: 'lab' }), [
        'ec2-fips.us-east-1.amazonaws.com',
        'iam-fips.amazonaws.com',
        'sts-fips.us-east-1.amazonaws.com',
      ]);
      const ec2 = await openEc2({ profile: 'lab', log: keptLog('endpoints') });
      const endpoint = 'ec2-fips.us-east-1.amazonaws.com';
      await rejects(ec2.describeVpcs({}), coreFailure('aws.unreachable', { endpoint, reason: 'ENOTFOUND' }));
      ec2.close();
    } finally {
      Reflect.deleteProperty(process.env, 'AWS_USE_FIPS_ENDPOINT');
    }
  });

  it('are where a profile or the environment has them, each for itself before all, the environment first', async () => {
    const of = async (environment: Readonly<Record<string, string>>) => {
      asked.clear();
      Object.assign(process.env, environment);
      try {
        return await askAll({ profile: 'moved' });
      } finally {
        for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
      }
    };
    deepEqual(await of({}), ['all.of.profile', 'sts.of.profile']);
    const all = { AWS_ENDPOINT_URL: 'http://all.of.environment' };
    deepEqual(await of(all), ['all.of.environment']);
    for (const service of ['ec2', 'sts', 'iam']) {
      const own = { [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: `http://${service}.of.environment` };
      deepEqual(await of({ ...all, ...own }), ['all.of.environment', `${service}.of.environment`]);
    }
    deepEqual(await of({ ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }), [
      'ec2.us-east-1.amazonaws.com',
      'iam.amazonaws.com',
      'sts.us-east-1.amazonaws.com',
    ]);
  });

  it('are those of the Region of either variable, the newer one first', async () => {
    process.env['AWS_DEFAULT_REGION'] = 'ca-central-1';
    const regionOf = async () => (await openEc2({ profile: 'lab', log: keptLog('endpoints') })).region;
    equal(await regionOf(), 'ca-central-1');
    process.env['AWS_REGION'] = 'ap-south-1';
    equal(await regionOf(), 'ap-south-1');
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) Reflect.deleteProperty(process.env, name);
  });
});
