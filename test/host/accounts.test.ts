import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isExpected } from '../../src/core/base/errors.ts';
import { silentLog } from '../../src/core/base/log.ts';
import { Clouds } from '../../src/ui/clouds.ts';
import { ProofBook } from '../../src/ui/proofBook.ts';
import { settings } from '../../src/ui/settings.ts';
import { regionTree } from '../../src/ui/tree/networkRows.ts';
import { errorSentence } from '../../src/words/errorSentence.ts';
import { type InstanceMetadata, startInstanceMetadata } from '../lab/accounts/instanceMetadata.ts';
import { kindsEnvironment, writeKinds } from '../lab/accounts/kindFiles.ts';
import type { KindFiles } from '../lab/accounts/kindFiles.ts';
import { rightKinds, wrongKinds } from '../lab/accounts/kinds.ts';
import type { Kind } from '../lab/accounts/kinds.ts';
import { type SsoPortal, startSsoPortal } from '../lab/accounts/sso.ts';
import { type EmulatedRegion, set, startRegion } from './emulatedRegion.ts';
import { until } from './window.ts';

const cleared = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
];
const root = vscode.extensions.getExtension('ec2-multi-ip.ec2-multi-ip')?.extensionPath ?? '';

describe('accounts in the window', () => {
  let region: EmulatedRegion;
  let sso: SsoPortal;
  let metadata: InstanceMetadata;
  let directory: string;
  let files: KindFiles;
  const environment = { ...process.env };

  function restore(): void {
    for (const name of Object.keys(process.env)) {
      if (!(name in environment)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, environment);
  }

  before(async () => {
    region = await startRegion();
    await set('region', undefined);
    sso = await startSsoPortal();
    metadata = await startInstanceMetadata();
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-accounts-'));
    files = {
      directory,
      sso: sso.endpoint,
      metadata: metadata.endpoint,
      sts: region.emulator.endpoint,
    };
    await writeKinds(files);
    for (const name of cleared) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, kindsEnvironment(files));
  });

  after(async () => {
    await set('profile', undefined);
    restore();
    await region.stop();
    await sso.stop();
    await metadata.stop();
    await rm(directory, { recursive: true });
  });

  /** Runs with a kind of credentials in use, in a window's state of its own. */
  async function using<T>({ profile, environment }: Kind, work: (clouds: Clouds) => Promise<T>): Promise<T> {
    const variables = environment?.(files) ?? {};
    Object.assign(process.env, variables);
    await set('profile', profile);
    const clouds = new Clouds(settings, silentLog);
    try {
      return await work(clouds);
    } finally {
      clouds.dispose();
      for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
    }
  }

  async function sentenceOf(clouds: Clouds): Promise<string> {
    try {
      await clouds.main.inventory();
    } catch (error) {
      if (isExpected(error)) return errorSentence(error);
      throw error;
    }
    return 'no error';
  }

  it('sign in with SSO by the command, and take what was confirmed on another device', async () => {
    sso.answerWith('elsewhere');
    for (const profile of ['sso', 'sso-東京', 'sso-older']) {
      const given = sso.tokens();
      await set('profile', profile);
      await vscode.commands.executeCommand('ec2MultiIp.signIn');
      assert.equal(sso.tokens(), given + 1);
    }
  });

  // A code is asked for by the window itself, which only somebody outside can answer: the tests by clicking do.
  for (const kind of rightKinds.filter(({ asksForCode }) => asksForCode !== true)) {
    it(`fill the tree with ${kind.name}`, async () => {
      await using(kind, async (clouds) => {
        const rows = regionTree(await clouds.main.inventory(), clouds, new ProofBook());
        assert.match(rows[0]?.description ?? '', /123456789012/);
        assert.ok(rows[0]?.children?.().some(({ label }) => label === 'standalone'));
        assert.deepEqual([clouds.account, clouds.shownAccount.region], ['123456789012', 'us-east-1']);
      });
    });
  }

  for (const kind of wrongKinds) {
    it(`say what to do about ${kind.name}, in both languages`, async () => {
      await using(kind, async (clouds) => {
        assert.match(await sentenceOf(clouds), kind.says);
        const japanese = await readFile(join(root, 'l10n/bundle.l10n.ja.json'), 'utf8');
        l10n.config({ contents: japanese });
        try {
          assert.match(await sentenceOf(clouds), kind.saysInJapanese);
        } finally {
          l10n.config({ contents: '{}' });
        }
      });
    });
  }

  describe('of an endpoint of their own', () => {
    before(() => set('endpoint', undefined));
    after(() => set('endpoint', region.emulator.endpoint));

    const ownEndpoints: readonly Kind[] = [
      { name: 'of the profile', profile: 'endpoint' },
      { name: 'of the profile’s services', profile: 'endpoint-of-services' },
      {
        name: 'of the environment',
        profile: 'static',
        environment: ({ sts }) => ({ AWS_ENDPOINT_URL: sts }),
      },
    ];
    for (const kind of ownEndpoints) {
      it(`fill the tree by the one ${kind.name}`, async () => {
        await using(kind, async (clouds) => {
          const [first] = regionTree(await clouds.main.inventory(), clouds, new ProofBook());
          assert.ok(first?.children?.().some(({ label }) => label === 'standalone'));
        });
      });
    }

    it('say that nobody answers there', async () => {
      await using({ name: 'nowhere', profile: 'endpoint-nowhere' }, async (clouds) => {
        assert.match(await sentenceOf(clouds), /127\.0\.0\.1:9.*ECONNREFUSED/);
      });
    });
  });

  it('say that an SSO session was ended', async () => {
    sso.endSessions();
    await using({ name: 'sso', profile: 'sso' }, async (clouds) => {
      assert.match(await sentenceOf(clouds), /SSO session of the AWS profile “sso” has ended/);
    });
  });

  it('say that the instance has no role', async () => {
    metadata.attachRole(false);
    await using({ name: 'none', environment: () => ({ AWS_REGION: 'us-east-1' }) }, async (clouds) => {
      assert.match(await sentenceOf(clouds), /There are no AWS credentials here/);
    });
    metadata.attachRole(true);
  });

  it('switch everything at once with the profile, and tell whose it was', async () => {
    await using({ name: 'static', profile: 'static' }, async (clouds) => {
      await clouds.main.inventory();
      const left: (string | undefined)[] = [];
      const { session } = clouds.shownAccount;
      clouds.shownAccount.onDidSwitch((account) => left.push(account));
      await set('profile', 'process');
      await until(() => left.length > 0);
      assert.deepEqual(left, ['123456789012']);
      assert.equal(clouds.account, undefined);
      assert.notEqual(clouds.shownAccount.session, session);
      await clouds.main.inventory();
      assert.equal(clouds.account, '123456789012');
    });
  });
});
