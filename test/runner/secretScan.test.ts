import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep, KEPT_VARIABLE, keptLog, secrets, usesPrivateKey } from '../lab/kept.ts';
import { scan, scanned } from './secretScan.ts';

describe('The scan for secrets', () => {
  let directory: string;
  let before: string | undefined;
  const kept = () => join(directory, 'kept');

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-scan-'));
    await mkdir(kept());
    before = process.env[KEPT_VARIABLE];
    process.env[KEPT_VARIABLE] = kept();
  });

  afterEach(async () => {
    if (before === undefined) Reflect.deleteProperty(process.env, KEPT_VARIABLE);
    else process.env[KEPT_VARIABLE] = before;
    await rm(directory, { recursive: true, force: true });
  });

  const found = () => scan(kept()).finds.map(({ line, what }) => [line, what]);

  for (const [what, secret] of Object.entries(secrets)) {
    it(`finds ${what} that is planted in a log, as JSON in a journal, and as Base64 in a setting`, async () => {
      keptLog('planted').debug('a line');
      keptLog('planted').error(new Error(`failed with ${secret}`));
      await writeFile(join(kept(), 'journal.jsonl'), `${JSON.stringify({ it: secret })}\n`);
      await writeFile(join(kept(), 'settings.json'), `{"x":"${Buffer.from(secret).toString('base64')}"}`);
      const places = scan(kept()).finds.map(({ path, line }) => `${path.split('/').at(-1) ?? ''}:${line}`);
      assert.deepEqual(
        [...new Set(places)].sort(),
        ['journal.jsonl:1', `planted-${process.pid}.log:2`, 'settings.json:1'].sort(),
      );
    });
  }

  it('finds a private key, a line of one that is in use, and a session token of STS', async () => {
    const key = join(directory, 'key');
    const body = ['A', 'B', 'C'].map((letter) => letter.repeat(64)).join('\n');
    await writeFile(key, `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`);
    usesPrivateKey(key);
    keptLog('planted').info('C'.repeat(64));
    assert.deepEqual(found(), [[1, 'a secret that the run made']]);
    keptLog('planted').info(`token FQoGZXIvYXdzEBYaD${'x'.repeat(40)}`);
    keep(key);
    assert.deepEqual(
      found()
        .map(([, what]) => what)
        .sort(),
      [
        'a private key',
        'a secret that the run made',
        'a secret that the run made',
        'a secret that the run made',
        'a session token of STS',
      ],
    );
  });

  it('passes where there is none, and says what it has looked through', async () => {
    await writeFile(join(kept(), 'some.log'), `it took 1${secrets.mfaCode}00 ms\n`);
    let printed = '';
    const { result } = scanned(kept(), false, (text) => (printed += text));
    assert.equal(result.failed, 0);
    assert.match(printed, /^1 logs/m);
    keptLog('planted').info(secrets.mfaCode);
    assert.equal(scanned(kept(), false, (text) => (printed += text)).result.failed, 1);
    assert.equal(scanned(kept(), true, (text) => (printed += text)).result.failed, 1);
    assert.match(printed, /There is no journal/);
    assert.doesNotMatch(printed, new RegExp(`holds.*${secrets.mfaCode}`));
  });
});
