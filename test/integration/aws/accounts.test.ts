import { deepEqual, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ec2Options, openEc2 } from '../../../src/core/aws/door.ts';
import type { Ec2 } from '../../../src/core/aws/ec2.ts';
import { readRegions } from '../../../src/core/aws/regions.ts';
import { signIn } from '../../../src/core/aws/sso.ts';
import { isCoreError } from '../../../src/core/base/errors.ts';
import { openJournal, readJournal } from '../../../src/core/plan/journal.ts';
import { prepareStack } from '../../../src/core/plan/preflight.ts';
import { type InstanceMetadata, startInstanceMetadata } from '../../lab/accounts/instanceMetadata.ts';
import { BRIEF_SECONDS, type KindFiles, kindsEnvironment, writeKinds } from '../../lab/accounts/kindFiles.ts';
import { rightKinds } from '../../lab/accounts/kinds.ts';
import { type SsoPortal, ssoKey, startSsoPortal } from '../../lab/accounts/sso.ts';
import { nameAccount } from '../../lab/emulator/accountAlias.ts';
import { accessKeys } from '../../lab/emulator/emulator.ts';
import { keptLog, secrets } from '../../lab/kept.ts';
import { type Call, errorAnswer } from '../../lab/proxy/call.ts';
import { isMutating } from '../../lab/proxy/select.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { UNPACED } from './faults/unpaced.ts';
import { type Region, applied, startRegion, tried, walkStack } from './region.ts';
import { stateShape } from './stateShape.ts';

describe('accounts', function () {
  this.timeout(120_000);
  let region: Region;
  let sso: SsoPortal;
  let metadata: InstanceMetadata;
  let files: KindFiles;
  let home: string | undefined;

  before(async () => {
    home = process.env['HOME'];
    region = await startRegion();
    sso = await startSsoPortal();
    metadata = await startInstanceMetadata();
    files = {
      directory: region.files.directory,
      sso: sso.endpoint,
      metadata: metadata.endpoint,
      sts: region.proxy.endpoint,
    };
    await writeKinds(files);
    Object.assign(process.env, kindsEnvironment(files));
    delete process.env['AWS_EC2_METADATA_DISABLED'];
  });
  after(async () => {
    if (home !== undefined) process.env['HOME'] = home;
    delete process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
    delete process.env['AWS_ENDPOINT_URL_STS'];
    await metadata.stop();
    await sso.stop();
    await region.stop();
  });
  afterEach(() => {
    region.proxy.restore();
  });

  const open = (options: Partial<Ec2Options>): Promise<Ec2> =>
    openEc2({ endpoint: region.proxy.endpoint, log: keptLog('accounts'), pacer: UNPACED, ...options });

  /** Opens the page, as a browser does. */
  const visit = ({ url }: { readonly url: string }): void => void fetch(url);

  it('sign in with SSO as the AWS CLI does, and keep the token where it does', async () => {
    for (const [profile, cached] of [
      ['sso', 'office'],
      ['sso-older', `${sso.endpoint}/older`],
    ] as const) {
      const codes: string[] = [];
      await signIn(profile, {
        show: (page) => {
          codes.push(page.code);
          visit(page);
        },
        signal: new AbortController().signal,
      });
      equal(sso.confirmed().at(-1), codes[0]);
      const name = createHash('sha1').update(cached).digest('hex');
      const path = join(files.directory, '.aws/sso/cache', `${name}.json`);
      const token = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
      deepEqual(Object.keys(token).sort(), [
        'accessToken',
        'clientId',
        'clientSecret',
        'expiresAt',
        'refreshToken',
        'region',
        'registrationExpiresAt',
        'startUrl',
      ]);
      match(token['expiresAt'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      equal((await stat(path)).mode & 0o777, 0o600);
    }
  });

  it('sign in with an SSO session whose name the SDK does not take', () =>
    signIn('sso-東京', { show: visit, signal: new AbortController().signal }));

  for (const { name, profile, asksForCode, environment } of rightKinds) {
    it(`take ${name}`, async () => {
      const variables = environment?.(files) ?? {};
      Object.assign(process.env, variables);
      let asked = 0;
      const mfaCode = () => {
        asked += 1;
        return Promise.resolve(secrets.mfaCode);
      };
      const ec2 = await open({ profile, mfaCode });
      try {
        equal((await ec2.callerIdentity()).account, '123456789012');
        ok(await ec2.describeVpcs({}));
        equal(asked, asksForCode === true ? 1 : 0);
      } finally {
        ec2.close();
        for (const variable of Object.keys(variables)) Reflect.deleteProperty(process.env, variable);
      }
    });
  }

  it('say that a sign-in was declined, and end one that is cancelled', async () => {
    sso.answerWith('decline');
    const declined = signIn('sso', { show: visit, signal: new AbortController().signal });
    await rejects(declined, coreFailure('aws.signInFailed', { profile: 'sso', reason: 'access_denied' }));
    sso.answerWith('nothing');
    const abort = new AbortController();
    const cancelled = signIn('sso', {
      show: () => {
        abort.abort();
      },
      signal: abort.signal,
    });
    await rejects(cancelled, { name: 'AbortError' });
    await rejects(
      signIn('static', { show: visit, signal: abort.signal }),
      coreFailure('aws.notSso', { profile: 'static' }),
    );
    sso.answerWith('confirm');
  });

  it('say that an SSO session was ended, and take a new one', async () => {
    sso.endSessions();
    const ec2 = await open({ profile: 'sso' });
    await rejects(ec2.describeVpcs({}), coreFailure('aws.ssoEnded', { profile: 'sso' }));
    await signIn('sso', { show: visit, signal: new AbortController().signal });
    ok(await ec2.describeVpcs({}));
    ec2.close();
  });

  it('make a new token of an SSO session’s old one', async () => {
    const name = createHash('sha1').update('office').digest('hex');
    const path = join(files.directory, '.aws/sso/cache', `${name}.json`);
    const token = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    await writeFile(path, JSON.stringify({ ...token, expiresAt }));
    const given = sso.tokens();
    const ec2 = await open({ profile: 'sso' });
    ok(await ec2.describeVpcs({}));
    ec2.close();
    equal(sso.tokens(), given + 1);
    notEqual((JSON.parse(await readFile(path, 'utf8')) as typeof token)['accessToken'], token['accessToken']);
  });

  it('renew credentials that end in the middle of a plan, which goes on', async () => {
    const process = join(files.directory, 'process.json');
    const before = await readFile(process, 'utf8');
    const renewed = 'AKIARENEWED000000000';
    const ec2 = await open({ profile: 'process' });
    const plan = await prepareStack(ec2, walkStack());
    await writeFile(process, before.replace(accessKeys.good, renewed));
    let calls = 0;
    region.proxy.use(async (call, forward) => {
      const isOld = call.accessKey === accessKeys.good;
      if (isOld && call.action !== 'AssumeRole' && ++calls > 12) {
        return errorAnswer(400, 'RequestExpired', 'Request has expired.');
      }
      return forward();
    });
    region.proxy.clear();
    await applied({ ...region, ec2 }, plan);
    const keys = region.proxy.calls().map(({ accessKey }) => accessKey);
    ok(keys.indexOf(renewed) >= 12 && keys.at(-1) === renewed, keys.join(' '));
    ec2.close();
    await writeFile(process, before);
    await region.reset();
  });

  it('renew a role that ends in the middle of a plan, which goes on', async () => {
    const ec2 = await open({ profile: 'role-chain' });
    const plan = await prepareStack(ec2, walkStack());
    const old = new Set<string>();
    let calls = 0;
    region.proxy.use(async (call, forward) => {
      const key = call.accessKey ?? '';
      if (call.action === 'AssumeRole') return forward();
      if (++calls === 12) old.add(key);
      return old.has(key) ? errorAnswer(400, 'ExpiredToken', 'The token has expired.') : forward();
    });
    await applied({ ...region, ec2 }, plan);
    equal(old.size, 1);
    ec2.close();
    await region.reset();
  });

  for (const profile of ['process-brief', 'role-brief'])
    it(`renew what ${profile} gives for seconds as often as its time is over, and do nothing twice`, async () => {
      const shape = async () =>
        // The Availability Zone is chosen by chance.
        stateShape(await region.emulator.state())
          .map((it) => it.replace(/us-east-1[a-f]|use1-az\d/g, '(zone)'))
          .sort();
      const other = await open({ profile: 'static' });
      await applied({ ...region, ec2: other }, await prepareStack(other, walkStack()));
      other.close();
      const wanted = await shape();
      await region.reset();
      const ec2 = await open({ profile });
      const plan = await prepareStack(ec2, walkStack());
      const atOnce = plan.changes.filter(({ needs }) => needs.length === 0).length;
      const isWrite = (call: Call) => isMutating(call) && call.action !== 'AssumeRole';
      let held = 0;
      // What is sent first comes to AWS when the keys that signed it are over: AWS itself refuses it.
      region.proxy.use(async (call, forward) => {
        if (isWrite(call) && ++held <= atOnce) await sleep(BRIEF_SECONDS * 1000 + 200);
        return forward();
      });
      region.proxy.clear();
      await applied({ ...region, ec2 }, plan);
      ec2.close();
      const refused = region.proxy
        .calls()
        .filter(isWrite)
        .filter(({ status = 0 }) => status >= 400)
        .map(({ action }) => action);
      ok(atOnce > 3 && refused.length >= atOnce, refused.join(' '));
      deepEqual(await shape(), wanted);
      await region.reset();
    });

  /** Refuses the keys that SSO has given so far from the twelfth call on. */
  const endKeys = () => {
    let calls = 0;
    let old = 0;
    region.proxy.use(async (call, forward) => {
      if (++calls === 12) old = sso.newKeys();
      const isOld = Array.from({ length: old }, (_, index) => ssoKey(index + 1)).includes(
        call.accessKey ?? '',
      );
      return isOld ? errorAnswer(400, 'ExpiredToken', 'The token has expired.') : forward();
    });
  };

  it('renew a role of SSO that ends in the middle of a plan, which goes on', async () => {
    await signIn('sso', { show: visit, signal: new AbortController().signal });
    for (const lasting of [3_600_000, 2_000]) {
      sso.giveNewKeys(lasting);
      const ec2 = await open({ profile: 'sso' });
      const plan = await prepareStack(ec2, walkStack());
      const given = sso.newKeys();
      // What lasts for an hour ends early; what lasts for seconds is asked for anew by itself.
      if (lasting === 3_600_000) endKeys();
      region.proxy.clear();
      await applied({ ...region, ec2 }, plan);
      const writes = region.proxy.calls().filter(isMutating);
      const used = new Set(writes.map(({ accessKey }) => accessKey));
      ok(sso.newKeys() > given && used.size > 1, `${sso.newKeys()} after ${given}: ${[...used].join(' ')}`);
      ec2.close();
      await region.reset();
    }
  });

  it('stop a plan where the SSO session has ended, which goes on to its end after a new sign-in', async () => {
    sso.giveNewKeys(3_600_000);
    const ec2 = await open({ profile: 'sso' });
    const plan = await prepareStack(ec2, walkStack());
    const path = join(files.directory, 'journal');
    const journal = await openJournal(path, plan);
    endKeys();
    sso.endSessions();
    const outcome = await tried({ ec2 }, plan, { journal });
    await journal.close();
    ok(outcome.state === 'failed');
    ok(isCoreError(outcome.failures[0]?.error, 'aws.ssoEnded'), String(outcome.failures[0]?.error));
    const made = region.mutations().length;
    ok(made > 0 && outcome.outputs.size > 0);
    // The connection is the same: it asks for credentials anew.
    await signIn('sso', { show: visit, signal: new AbortController().signal });
    const progress = await readJournal(path);
    ok(progress);
    // What was never sent need not be looked for, which would take its time.
    deepEqual([...progress.begun], []);
    await applied({ ...region, ec2 }, progress.plan, { progress });
    const { Vpcs, NetworkInterfaces } = await region.emulator.state();
    equal(Vpcs.filter(({ IsDefault }) => IsDefault !== true).length, 1);
    equal(NetworkInterfaces.length, 1);
    ec2.close();
    await region.reset();
  });

  it('go by the clock of AWS where this computer’s is wrong, and else say by how much it is', async () => {
    const now = Date.now();
    const skew = 17 * 60_000;
    const refuseOld = (always: boolean) =>
      region.proxy.use(async ({ signedAt }, forward) => {
        const isOff = Math.abs((signedAt?.getTime() ?? 0) - now) > 300_000;
        return isOff || always ? errorAnswer(400, 'RequestExpired', 'Request has expired.') : forward();
      });
    const ec2 = await open({ profile: 'static' });
    mock.timers.enable({ apis: ['Date'], now: now + skew });
    try {
      const restore = refuseOld(false);
      const made = await ec2.createVpc({ CidrBlock: '10.9.0.0/16' });
      ok(made.Vpc?.VpcId);
      ok(await ec2.describeVpcs({}));
      restore();
      refuseOld(true);
      await rejects(ec2.describeVpcs({}), coreFailure('aws.clockWrong', { minutes: 17 }));
    } finally {
      mock.timers.reset();
      ec2.close();
    }
  });

  it('tell their Regions with what they have enabled, and their alias', async () => {
    const ec2 = await open({ profile: 'static' });
    const regions = await readRegions(ec2);
    ok(regions.some(({ id, optedIn }) => id === 'eu-central-1' && optedIn));
    ok(regions.some(({ optedIn }) => !optedIn));
    equal(await ec2.accountAlias(), undefined);
    await nameAccount(region.emulator.endpoint, 'mail-team');
    equal(await ec2.accountAlias(), 'mail-team');
    ec2.close();
  });
});
