import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { wire } from '../../src/core/ssh/wire.ts';
import { Clouds } from '../../src/ui/clouds.ts';
import { createCommandBoundary } from '../../src/ui/commandBoundary.ts';
import type { CommandBoundary } from '../../src/ui/commandBoundary.ts';
import { registerOpenConsole } from '../../src/ui/commands/openConsole.ts';
import { registerSsh } from '../../src/ui/commands/ssh.ts';
import { createGuestAccess } from '../../src/ui/guest/access.ts';
import { createLogins } from '../../src/ui/guest/login.ts';
import type { Services } from '../../src/ui/services.ts';
import { settings } from '../../src/ui/settings.ts';
import { set, startRegion } from './emulatedRegion.ts';
import type { EmulatedRegion } from './emulatedRegion.ts';
import { accept, memento, until } from './window.ts';

/** A public key as a line of OpenSSH's format; whose it is does not matter here. */
const publicKey = (name: string) =>
  `ssh-ed25519 ${wire(['ssh-ed25519', Buffer.alloc(32, name)]).toString('base64')}`;
const PAIR = publicKey('of-the-pair');

describe('the commands that lead out of the window', () => {
  let region: EmulatedRegion;
  let boundary: CommandBoundary;
  let registered: vscode.Disposable;
  const opened: string[] = [];
  const terminals: vscode.TerminalOptions[] = [];
  const errors: string[] = [];

  before(async () => {
    region = await startRegion(PAIR);
    await set('ssh.user', 'admin');
    await set('ssh.keyFile', '/keys/id one');
    const channel = vscode.window.createOutputChannel('outside test', { log: true });
    const keep = (message: unknown) => errors.push(String(message));
    const log = { ...channel, warn: keep, error: keep };
    boundary = createCommandBoundary(log);
    const clouds = new Clouds(settings, log);
    const logins = createLogins(settings, memento());
    const secrets = {} as vscode.SecretStorage;
    const access = createGuestAccess({
      logins,
      knownHosts: '/ours/known_hosts',
      log,
      clouds,
      secrets,
      report: (error) => assert.fail(error),
    });
    await until(async () =>
      (await clouds.main.refresh()).inventory.instances.some(({ state }) => state === 'running'),
    );
    // All that these commands use of the services.
    const services = { boundary, clouds, access } as Services;
    registered = vscode.Disposable.from(
      log,
      clouds,
      registerOpenConsole(services, (uri) => {
        opened.push(uri.toString(true));
        return Promise.resolve();
      }),
      registerSsh(services, (options) => terminals.push(options)),
    );
  });

  after(async () => {
    registered.dispose();
    await set('ssh.user', undefined);
    await set('ssh.keyFile', undefined);
    await region.stop();
  });

  afterEach(() => {
    assert.deepEqual(errors, []);
  });

  const eni = () => ({ target: { kind: 'eni', eniId: region.eniId } });
  const second = () => ({ target: { kind: 'address', eniId: region.eniId, address: '192.168.1.101' } });

  it('open a thing in AWS’s console', async () => {
    await boundary.invoke('ec2MultiIp.openConsole', eni());
    await boundary.invoke('ec2MultiIp.openConsole', { target: { kind: 'vpc', vpcId: region.vpcId } });
    await boundary.invoke('ec2MultiIp.openConsole', second());
    await accept(boundary.invoke('ec2MultiIp.openConsole', undefined));
    const [first, vpc, eip, picked] = opened;
    const home = 'https://us-east-1.console.aws.amazon.com';
    assert.equal(
      first,
      `${home}/ec2/home?region=us-east-1#NetworkInterface:networkInterfaceId=${region.eniId}`,
    );
    assert.equal(vpc, `${home}/vpcconsole/home?region=us-east-1#VpcDetails:VpcId=${region.vpcId}`);
    assert.match(eip ?? '', /#ElasticIpDetails:AllocationId=eipalloc-\w+$/);
    assert.match(picked ?? '', /#NetworkInterface:networkInterfaceId=eni-\w+$/);
  });

  it('open an SSH terminal as the person logs in, with the host keys that were verified', async () => {
    await boundary.invoke('ec2MultiIp.openSsh', eni());
    await boundary.invoke('ec2MultiIp.openSsh', second());
    await accept(boundary.invoke('ec2MultiIp.openSsh', undefined));
    assert.equal(terminals.length, 3);
    const [first, other] = terminals.map(({ shellArgs }) => shellArgs as readonly string[]);
    assert.equal(terminals[0]?.shellPath, 'ssh');
    assert.deepEqual(first?.slice(0, -1), [
      '-i',
      '/keys/id one',
      '-o',
      'GlobalKnownHostsFile="/ours/known_hosts" /etc/ssh/ssh_known_hosts',
      '-l',
      'admin',
    ]);
    assert.match(first.at(-1) ?? '', /^198\.51\.100\./);
    assert.notEqual(first.at(-1), other?.at(-1));
  });

  const copied = async (done: Promise<void>) => {
    await vscode.env.clipboard.writeText('nothing');
    await accept(done);
    await until(async () => (await vscode.env.clipboard.readText()) !== 'nothing');
    return vscode.env.clipboard.readText();
  };

  it('copy an entry for ~/.ssh/config', async () => {
    const entry =
      /^Host standalone\n {2}HostName 198\.51\.100\.\d+\n {2}User admin\n {2}IdentityFile "\/keys\/id one"\n$/;
    assert.match(await copied(boundary.invoke('ec2MultiIp.copySshConfig', second())), entry);
    assert.match(await copied(boundary.invoke('ec2MultiIp.copySshConfig', undefined)), entry);
  });

  it('take the user of the image and the key of the key pair, found among the person’s, and what ~/.ssh/config says before that', async () => {
    const home = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-home-'));
    const before = process.env['HOME'];
    process.env['HOME'] = home;
    const file = (name: string, text: string) => writeFile(join(home, '.ssh', name), text);
    try {
      await set('ssh.user', undefined);
      await set('ssh.keyFile', undefined);
      await mkdir(join(home, '.ssh'));
      for (const name of ['a-first', 'of-the-pair', 'z-last']) {
        await file(name, '-----BEGIN OPENSSH PRIVATE KEY-----\n');
        await file(`${name}.pub`, publicKey(name));
      }
      const entry = () => copied(boundary.invoke('ec2MultiIp.copySshConfig', second()));
      const found = `  IdentityFile ${join(home, '.ssh', 'of-the-pair')}\n`;
      assert.ok((await entry()).endsWith(`  User admin\n${found}`), await entry());
      await file('config', 'Host 198.51.100.*\n  User somebody\n');
      assert.ok((await entry()).endsWith(`  User somebody\n${found}`), await entry());
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, 'HOME');
      else process.env['HOME'] = before;
      await rm(home, { recursive: true });
    }
  });
});
