import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireCaller } from '../../../src/core/aws/caller.ts';
import { findConfigProblems } from '../../../src/core/aws/configProblems.ts';
import { type Ec2Options, openEc2 } from '../../../src/core/aws/door.ts';
import { listProfiles } from '../../../src/core/aws/profiles.ts';
import type { ErrorCode } from '../../../src/core/base/errors.ts';
import { isCoreError } from '../../../src/core/base/errors.ts';
import { accessKeys } from '../../lab/emulator/emulator.ts';
import { keptLog, secrets } from '../../lab/kept.ts';
import { isAlive } from '../../lab/process/isAlive.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type Region, startRegion } from './region.ts';

/** Where the profiles `half`, `rounda`, `roundb`, `hangs`, `rubbish` and `role` are wrong, or ask for something. */
const oddProfiles = `
[profile half]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/lab
[profile rounda]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/lab
source_profile = roundb
[profile roundb]
role_arn = arn:aws:iam::123456789012:role/lab
source_profile = rounda
[profile hangs]
region = us-east-1
credential_process = sleep 300 & echo $$ $! >>$PROCESSES; wait
[profile rubbish]
region = us-east-1
credential_process = echo rubbish
[profile endless]
region = us-east-1
credential_process = yes
[profile of-hangs]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/lab
source_profile = hangs
[profile office]
region = ap-northeast-1
role_arn = arn:aws:iam::123456789012:role/lab
source_profile = lab
mfa_serial = arn:aws:iam::123456789012:mfa/me
[profile ended]
region = us-east-1
sso_session = office
sso_account_id = 123456789012
sso_role_name = lab
`;

const japanese = `[東京 支社]
region = ap-northeast-1
aws_access_key_id = ${accessKeys.good}
aws_secret_access_key = ${secrets.secretAccessKey}
`;

describe('profiles as people have them', function () {
  this.timeout(300_000);
  let region: Region;
  let config: string;
  let started: string;

  before(async () => {
    region = await startRegion();
    config = join(region.files.directory, 'config');
    started = join(region.files.directory, 'processes');
    process.env['PROCESSES'] = started;
    await appendFile(config, oddProfiles);
    await appendFile(join(region.files.directory, 'credentials'), japanese);
  });
  after(async () => {
    Reflect.deleteProperty(process.env, 'PROCESSES');
    await region.stop();
  });

  const open = (profile: string | undefined, options: Partial<Ec2Options> = {}) =>
    openEc2({ endpoint: region.proxy.endpoint, log: keptLog('profiles'), profile, ...options });
  const asked = async (profile: string | undefined, options: Partial<Ec2Options> = {}) => {
    const ec2 = await open(profile, options);
    try {
      return await ec2.callerIdentity();
    } finally {
      ec2.close();
    }
  };
  /** The processes that `hangs` has started, by their ids. */
  const processes = async () =>
    (await readFile(started, 'utf8').catch(() => '')).split(/\s+/).filter(Boolean).map(Number);
  /** Waits until all of them are gone, and says how many there were. */
  const ended = async () => {
    const ids = await processes();
    while (ids.some(isAlive)) await sleep(10);
    await rm(started, { force: true });
    return ids.length;
  };
  const lineOf = async (text: string) => (await readFile(config, 'utf8')).split('\n').indexOf(text) + 1;
  const fails = (code: ErrorCode, attempt: Promise<unknown>) =>
    rejects(attempt, (error) => isCoreError(error, code));

  it('say what half a profile lacks, with its file and line', async () => {
    const line = await lineOf('[profile half]');
    const fault = { profile: 'half', missing: 'source_profile', path: config, line };
    await rejects(asked('half'), coreFailure('aws.profileIncomplete', fault));
  });

  it('say which profiles are each other’s source', async () => {
    const line = await lineOf('[profile roundb]');
    const fault = { profiles: ['rounda', 'roundb', 'rounda'], path: config, line };
    await rejects(asked('rounda'), coreFailure('aws.profileLoop', fault));
  });

  it('do not wait for a credential_process that hangs, and say that one prints rubbish', async () => {
    const fault = { profile: 'hangs', seconds: 0.3 };
    await rejects(
      asked('hangs', { credentialsMilliseconds: 300 }),
      coreFailure('aws.credentialsTimeout', fault),
    );
    await fails('aws.processFailed', asked('rubbish'));
    await fails('aws.processFailed', asked('endless'));
    await rejects(
      asked('of-hangs', { credentialsMilliseconds: 300 }),
      coreFailure('aws.credentialsTimeout', { ...fault, profile: 'of-hangs' }),
    );
    equal(await ended(), 4);
  });

  it('end a credential_process, with what it has started, once nobody waits for it any more', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const ec2 = await open('hangs');
    const first = ec2.callerIdentity({ signal: one.signal });
    const second = ec2.describeVpcs({}, { signal: other.signal });
    const both = Promise.allSettled([first, second]);
    while ((await processes()).length < 2) await sleep(10);
    one.abort();
    await rejects(first, { name: 'AbortError' });
    deepEqual((await processes()).map(isAlive), [true, true]);
    other.abort();
    await rejects(second, { name: 'AbortError' });
    equal(await ended(), 2);
    await both;
    // Whoever asks next has it started anew.
    await rejects(ec2.describeVpcs({}, { signal: AbortSignal.timeout(500) }), { name: 'TimeoutError' });
    equal(await ended(), 2);
    ec2.close();
  });

  it('ask for the code of an MFA device, and assume the role with it', async () => {
    const serials: string[] = [];
    const mfaCode = (serial: string) => {
      serials.push(serial);
      return Promise.resolve(secrets.mfaCode);
    };
    const { arn } = await asked('office', { mfaCode });
    deepEqual(serials, ['arn:aws:iam::123456789012:mfa/me']);
    match(arn, /assumed-role\/lab\//);
  });

  it('ask once for all Regions, and for the default profile and the environment’s as for one that is chosen', async () => {
    let questions = 0;
    const mfaCode = () => {
      questions += 1;
      return Promise.resolve(secrets.mfaCode);
    };
    const keyring = { credentials: undefined };
    for (const region of ['ap-northeast-1', 'eu-west-1']) {
      await asked('office', { mfaCode, keyring, region });
    }
    equal(questions, 1);
    const own = await readFile(config, 'utf8');
    const office = /\[profile office\]\n((?:\w.*\n)+)/.exec(own)?.[1] ?? '';
    await appendFile(config, `[default]\n${office}`);
    await asked(undefined, { mfaCode });
    equal(questions, 2);
    process.env['AWS_PROFILE'] = 'office';
    await asked(undefined, { mfaCode });
    equal(questions, 3);
    Reflect.deleteProperty(process.env, 'AWS_PROFILE');
    await writeFile(config, own);
    await rejects(
      asked('office', { mfaCode: () => Promise.resolve('000000') }),
      coreFailure('aws.mfaRefused', { profile: 'office' }),
    );
  });

  it('are given up at once when that is wanted, whatever they wait for', async () => {
    const stop = new AbortController();
    const ec2 = await open('hangs', { signal: stop.signal });
    const waiting = ec2.describeVpcs({});
    setImmediate(() => {
      stop.abort();
    });
    await rejects(waiting, { name: 'AbortError' });
    ec2.close();
  });

  it('name no Region where what they name can be none', async () => {
    await appendFile(config, '[profile astray]\nregion = us east 1\n');
    await rejects(open('astray'), coreFailure('aws.noRegion', { profile: 'astray' }));
  });

  it('say that a session of SSO has ended', () => fails('aws.ssoEnded', asked('ended')));

  it('are read from files with CRLF, a BOM and lines of rubbish, a thousand of them', async () => {
    const before = await readFile(config, 'utf8');
    const many = Array.from({ length: 1000 }, (_, index) => `[profile many-${index}]\nregion = us-east-1\n`);
    const odd = `\uFEFF[profile first]\nregion = us-east-1\n?? rubbish\n[unclosed\n${before}${many.join('')}`;
    await writeFile(config, odd.replaceAll('\n', '\r\n'));
    try {
      const names = (await listProfiles()).map(({ name }) => name);
      ok(names.includes('many-999') && names.includes('first') && names.includes('東京 支社'), names.join());
      equal((await asked('lab')).account, '123456789012');
      equal((await asked('東京 支社')).account, '123456789012');
    } finally {
      await writeFile(config, before);
    }
  });

  it('work beside lines that are none, each file’s first of which is told', async () => {
    const credentials = join(region.files.directory, 'credentials');
    const before = await Promise.all([config, credentials].map((path) => readFile(path, 'utf8')));
    const own = `\uFEFF# mine\n[profile first]\nregion = us-east-1 # here\ns3 =\n  max_queue_size = 20\n`;
    const odd =
      '[first]\nregion = eu-west-1\n?? rubbish\n[unclosed\n[__proto__]\n[profile __proto__]\nx = y\n';
    await writeFile(config, (own + odd + (before[0] ?? '')).replaceAll('\n', '\r\n'));
    await writeFile(credentials, `aws_secret_access_key ${secrets.secretAccessKey}\n${before[1] ?? ''}`);
    try {
      const problems = await findConfigProblems();
      deepEqual(
        problems.map(({ code, data }) => [code, data]),
        [
          // The first line of the file is 1, whatever mark it begins with.
          ['aws.configInvalid', { path: config, line: 6, text: '[first]', others: 3 }],
          ['aws.configInvalid', { path: credentials, line: 1, text: 'aws_secret_access_key …', others: 0 }],
        ],
      );
      equal((await asked('lab')).account, '123456789012');
      await rm(credentials);
      await mkdir(credentials);
      const [, unreadable] = await findConfigProblems();
      ok(isCoreError(unreadable, 'aws.configUnreadable'), String(unreadable));
      deepEqual(unreadable.data, { path: credentials, reason: 'EISDIR' });
      ok((await listProfiles()).some(({ name }) => name === 'first'));
    } finally {
      await rm(credentials, { recursive: true });
      await writeFile(config, before[0] ?? '');
      await writeFile(credentials, before[1] ?? '');
    }
    deepEqual(await findConfigProblems(), []);
  });

  it('let nothing be written where they give another account than the one that is shown', async () => {
    const ec2 = await open('lab');
    equal((await requireCaller(ec2, '123456789012')).account, '123456789012');
    ec2.close();
    const path = join(region.files.directory, 'credentials');
    const before = await readFile(path, 'utf8');
    await writeFile(path, before.replace(accessKeys.good, 'AKIAOTHERACCOUNT0000'));
    const other = await open('lab');
    const shown = { shown: '123456789012', actual: '210987654321' };
    await rejects(requireCaller(other, '123456789012'), coreFailure('aws.otherAccount', shown));
    other.close();
    await writeFile(path, before);
  });
});
