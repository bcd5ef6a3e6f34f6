import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Instance } from '../../src/core/model/network.ts';
import { watchAwsFiles } from '../../src/ui/awsFiles.ts';
import { isCancelled } from '../../src/ui/cancelled.ts';
import { createCommandBoundary } from '../../src/ui/commandBoundary.ts';
import { registerForgetSecrets } from '../../src/ui/commands/forgetSecrets.ts';
import { forgetSecret, keepSecret, keptSecrets } from '../../src/ui/guest/keptSecrets.ts';
import { createLogins } from '../../src/ui/guest/login.ts';
import { createQuestions, forgetPassphrase } from '../../src/ui/guest/questions.ts';
import { askMfaCode } from '../../src/ui/mfaCode.ts';
import { settings } from '../../src/ui/settings.ts';
import { secrets } from '../lab/kept.ts';
import { accept, memento, until } from './window.ts';

describe('what a person is asked for', () => {
  /** VS Code gives its own storages to extensions alone. */
  const storage = (kept: Map<string, string>): vscode.SecretStorage => ({
    onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => {
      kept.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => {
      kept.delete(key);
      return Promise.resolve();
    },
  });
  it('is taken from the secret storage where it was kept, and is gone once it is forgotten', async () => {
    const kept = new Map([['passphrase//keys/id', secrets.passphrase]]);
    const questions = createQuestions(storage(kept), 'i-1');
    assert.equal(await questions.passphrase('/keys/id'), secrets.passphrase);
    await forgetPassphrase('/keys/id', storage(kept));
    assert.equal(kept.size, 0);
  });

  it('is forgotten by the command for that, as much of it as is chosen', async () => {
    const kept = new Map<string, string>();
    await keepSecret(storage(kept), 'passphrase//keys/id', secrets.passphrase);
    await keepSecret(storage(kept), 'sudo/root@host:2222/path/lab', secrets.sudoPassword);
    await keepSecret(storage(kept), 'sudo/i-1/admin', secrets.sudoPassword);
    assert.deepEqual(await keptSecrets(storage(kept)), [
      'passphrase//keys/id',
      'sudo/i-1/admin',
      'sudo/root@host:2222/path/lab',
    ]);
    // No secret is in the list of names.
    assert.ok(!kept.get('names')?.includes(secrets.passphrase));
    const log = vscode.window.createOutputChannel('forgetting', { log: true });
    const boundary = createCommandBoundary(log);
    const command = registerForgetSecrets(boundary, storage(kept));
    // The first of them is ticked off.
    await accept(boundary.invoke('ec2MultiIp.forgetSecrets', undefined), 'Tick');
    assert.deepEqual([...kept.keys()].sort(), ['names', 'passphrase//keys/id']);
    assert.equal(await createQuestions(storage(kept), 'i-1').passphrase('/keys/id'), secrets.passphrase);
    await accept(boundary.invoke('ec2MultiIp.forgetSecrets', undefined));
    assert.deepEqual([...kept], []);
    for (const it of [command, boundary, log]) it.dispose();
  });

  it('is not kept, and nobody waits for it, where the storage keeps nothing', async () => {
    const deaf: vscode.SecretStorage = { ...storage(new Map()), store: () => Promise.resolve() };
    await keepSecret(deaf, 'sudo/i-1/admin', secrets.sudoPassword);
    assert.deepEqual(await keptSecrets(deaf), []);
  });

  it('is listed, each of two that are kept in the same moment, in this window or in two', async () => {
    const names = ['passphrase//keys/a', 'passphrase//keys/b'];
    for (const windows of [1, 2]) {
      const kept = new Map<string, string>();
      const [first, second = first] = Array.from({ length: windows }, () => storage(kept));
      assert.ok(first !== undefined && second !== undefined);
      await Promise.all([
        keepSecret(first, names[0] ?? '', secrets.passphrase),
        keepSecret(second, names[1] ?? '', secrets.passphrase),
      ]);
      assert.deepEqual(await keptSecrets(first), names, `windows: ${windows}`);
      await Promise.all([
        keepSecret(first, 'sudo/i-1/admin', secrets.sudoPassword),
        ...names.map((name) => forgetSecret(first, name)),
      ]);
      assert.deepEqual([...kept.keys()].sort(), ['names', 'sudo/i-1/admin'], `windows: ${windows}`);
    }
  });

  it('is listed by a VS Code that can, whatever became of the list', async () => {
    const kept = new Map<string, string>();
    const lists = { ...storage(kept), keys: () => Promise.resolve([...kept.keys()]) };
    await keepSecret(lists, 'passphrase//keys/id', secrets.passphrase);
    await lists.store('names', '["sudo/i-1/admin"]');
    assert.deepEqual(await keptSecrets(lists), ['passphrase//keys/id', 'sudo/i-1/admin']);
  });

  it('is asked for once a command, and kept by nobody who was not told to', async () => {
    const kept = new Map<string, string>();
    const questions = createQuestions(storage(kept), 'i-1');
    const asked = Promise.all([questions.passphrase('/keys/id'), questions.passphrase('/keys/id')]);
    await accept(asked, 'Escape');
    assert.deepEqual(await asked, [undefined, undefined]);
    assert.equal(kept.size, 0);
  });

  it('is asked for where the storage does not open', async () => {
    const locked = { ...storage(new Map()), get: () => Promise.reject(new Error('the keyring is locked')) };
    const questions = createQuestions(locked, 'i-1');
    const asked = Promise.all([questions.passphrase('/keys/id')]);
    await accept(asked, 'Escape');
    const password = Promise.all([questions.sudoPassword?.('admin', 'host', false)]);
    await accept(password, 'Escape');
    assert.deepEqual([await asked, await password], [[undefined], [undefined]]);
  });

  it('is no more asked for when another account is shown', async () => {
    const switches = new vscode.EventEmitter<void>();
    const asked = askMfaCode('arn:aws:iam::123456789012:mfa/me', switches.event);
    setTimeout(() => {
      switches.fire();
    }, 100);
    await assert.rejects(asked, isCancelled);
    switches.dispose();
  });

  it('is remembered for the instance where it is a user and a key, until that login is refused', async () => {
    const memory = memento();
    const instance = (id: string) => ({ id, keyName: 'lab', tags: {} }) as unknown as Instance;
    const hints = { user: undefined, guessed: 'ubuntu', keyFile: '/keys/id' };
    const logins = createLogins(settings, memory);
    assert.deepEqual(await logins.of(instance('i-1'), hints), { user: 'ubuntu', keyFile: '/keys/id' });
    await logins.remember(instance('i-1'), { user: 'bitnami', keyFile: '/keys/other' });
    const later = createLogins(settings, memory);
    const known = { user: 'bitnami', keyFile: '/keys/other' };
    assert.deepEqual(await later.of(instance('i-1'), hints), known);
    assert.equal((await later.of(instance('i-2'), hints)).user, 'ubuntu');
    await later.forget(instance('i-1'));
    assert.ok(!later.isRemembered(instance('i-1')));
    // What was guessed and refused is asked for.
    const asked = later.of(instance('i-1'), hints);
    const outcome = assert.rejects(asked, isCancelled);
    await accept(
      outcome.then(() => undefined),
      'Escape',
    );
    assert.doesNotMatch(JSON.stringify(memory.keys().map((key) => memory.get(key))), /PRIVATE|passphrase/);
  });
});

describe('the AWS configuration files', () => {
  it('are followed to where they are links to', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-files-'));
    const before = process.env['AWS_CONFIG_FILE'];
    const target = join(directory, 'own', 'aws-config');
    await mkdir(join(directory, 'own'));
    await mkdir(join(directory, '.aws'));
    await writeFile(target, '[profile one]\n');
    await symlink(target, join(directory, '.aws', 'config'));
    process.env['AWS_CONFIG_FILE'] = join(directory, '.aws', 'config');
    let changes = 0;
    const watcher = watchAwsFiles(() => (changes += 1));
    try {
      await appendFile(target, 'region = us-east-1\n');
      await until(() => changes > 0);
    } finally {
      watcher.dispose();
      if (before === undefined) Reflect.deleteProperty(process.env, 'AWS_CONFIG_FILE');
      else process.env['AWS_CONFIG_FILE'] = before;
      await rm(directory, { recursive: true });
    }
  });

  it('are followed, also where they are replaced, and where they came to be later', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-files-'));
    const before = process.env['AWS_CONFIG_FILE'];
    process.env['AWS_CONFIG_FILE'] = join(directory, '.aws', 'config');
    let changes = 0;
    const watcher = watchAwsFiles(() => (changes += 1));
    try {
      await mkdir(join(directory, '.aws'));
      await writeFile(join(directory, '.aws', 'config'), '[profile one]\n');
      await until(() => changes > 0);
      const first = changes;
      await appendFile(join(directory, '.aws', 'config'), 'region = us-east-1\n');
      await until(() => changes > first);
      const second = changes;
      await writeFile(join(directory, '.aws', 'new'), '[profile two]\n');
      await rename(join(directory, '.aws', 'new'), join(directory, '.aws', 'config'));
      await until(() => changes > second);
    } finally {
      watcher.dispose();
      if (before === undefined) Reflect.deleteProperty(process.env, 'AWS_CONFIG_FILE');
      else process.env['AWS_CONFIG_FILE'] = before;
      await rm(directory, { recursive: true });
    }
  });
});
