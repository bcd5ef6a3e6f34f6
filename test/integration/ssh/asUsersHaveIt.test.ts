import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCoreError } from '../../../src/core/base/errors.ts';
import type { ErrorCode } from '../../../src/core/base/errors.ts';
import { readSshConfig } from '../../../src/core/ssh/config.ts';
import { consoleFingerprints } from '../../../src/core/ssh/consoleKeys.ts';
import { connect } from '../../../src/core/ssh/door.ts';
import type { ConnectOptions } from '../../../src/core/ssh/door.ts';
import { openHostKeys } from '../../../src/core/ssh/hostKeys.ts';
import { fingerprint } from '../../../src/core/ssh/knownHosts.ts';
import { fileMatchesKeyPair, publicKeyOf } from '../../../src/core/ssh/publicKeys.ts';
import type { SshTarget } from '../../../src/core/ssh/shell.ts';
import { targetOf } from '../../../src/core/ssh/target.ts';
import { wire } from '../../../src/core/ssh/wire.ts';
import { keptLog, secrets } from '../../lab/kept.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { run } from './command.ts';
import { startSshd } from './sshd.ts';
import type { TestSshd } from './sshd.ts';

describe('SSH as its users have it', function () {
  this.timeout(30_000);
  let sshd: TestSshd;
  let asked: string[];
  let agents: ChildProcess[];
  const path = (name: string) => join(sshd.directory, name);

  before(async () => {
    sshd = await startSshd({ config: ['MaxAuthTries 3'] });
  });
  after(() => sshd.stop());
  beforeEach(async () => {
    [asked, agents] = [[], []];
    await rm(path('known_hosts'), { force: true });
  });
  afterEach(() => {
    for (const agent of agents) agent.kill();
  });

  const target = (changes: Partial<SshTarget> = {}): SshTarget => ({
    host: sshd.host,
    port: sshd.port,
    user: 'root',
    keyFiles: [sshd.keyFile],
    ...changes,
  });
  const options = (changes: Partial<ConnectOptions> = {}): ConnectOptions => ({
    questions: {
      acceptHostKey: (host) => {
        asked.push(host);
        return Promise.resolve(true);
      },
      passphrase: (keyFile) => {
        asked.push(keyFile);
        return Promise.resolve(secrets.passphrase);
      },
    },
    hostKeys: openHostKeys(path('known_hosts')),
    log: keptLog('ssh'),
    ...changes,
  });
  const fails = async (code: ErrorCode, attempt: Promise<unknown>) => {
    await assert.rejects(attempt, (error) => isCoreError(error, code) || assert.fail(String(error)));
  };
  const works = async (changes: Partial<SshTarget>, more: Partial<ConnectOptions> = {}) => {
    (await connect(target(changes), options(more))).close();
  };
  const makeKey = async (name: string, ...args: readonly string[]) => {
    await run('ssh-keygen', [
      '-q',
      '-N',
      '',
      '-f',
      path(name),
      ...(args.length > 0 ? args : ['-t', 'ed25519']),
    ]);
    return path(name);
  };
  const startAgent = async (name: string, ...keys: readonly string[]): Promise<string> => {
    agents.push(spawn('ssh-agent', ['-D', '-a', path(name)], { stdio: 'ignore' }));
    while ((await run('ssh-add', ['-l'], { mayFail: true, agent: path(name) })).code === 2);
    for (const key of keys) await run('ssh-add', ['-q', key], { agent: path(name) });
    return path(name);
  };
  const hostKey = async () => {
    const [type = '', base64 = ''] = (await readFile(path('host_key.pub'), 'utf8')).split(' ');
    return { line: `${type} ${base64}`, print: fingerprint(Buffer.from(base64, 'base64')) };
  };

  it('tries the key pair’s own key first where the agent has ten and the server allows three', async () => {
    const others = [];
    for (let index = 0; index < 9; index += 1) others.push(await makeKey(`other-${index}`));
    const agent = await startAgent('ten', ...others, sshd.keyFile);
    await assert.rejects(connect(target({ keyFiles: [], agent }), options()), (error) => {
      assert.ok(isCoreError(error, 'ssh.tooManyKeys'), String(error));
      assert.equal(error.data.tried, 3);
      return true;
    });
    const publicKey = await readFile(`${sshd.keyFile}.pub`, 'utf8');
    await works({ keyFiles: [], agent, keyPair: { publicKey } });
    const [, sha256 = ''] =
      /SHA256:(\S+)/.exec((await run('ssh-keygen', ['-lf', sshd.keyFile])).stdout) ?? [];
    await works({ keyFiles: [], agent, keyPair: { fingerprint: `${sha256}=` } });
    await works({ agent, identitiesOnly: true });
    await fails(
      'ssh.loginRefused',
      connect(target({ keyFiles: [], agent, identitiesOnly: true }), options()),
    );
  });

  it('logs in with a key of any kind in any form, asking once for the passphrase of one that is encrypted', async () => {
    const kinds = [
      ['rsa', '-t', 'rsa', '-b', '2048'],
      ['ecdsa', '-t', 'ecdsa'],
      ['ecdsa521', '-t', 'ecdsa', '-b', '521'],
      ['ed25519', '-t', 'ed25519'],
    ] as const;
    const own = await startSshd({ config: [`AuthorizedKeysFile ${path('every.pub')}`] });
    for (const [kind, ...args] of kinds) {
      for (const form of kind === 'ed25519' ? ['RFC4716'] : ['RFC4716', 'PEM', 'PKCS8']) {
        for (const passphrase of ['', secrets.passphrase]) {
          const name = `${kind}-${form}-${passphrase === '' ? 'open' : 'locked'}`;
          // The last of an option counts.
          const key = await makeKey(name, ...args, '-m', form, '-N', passphrase);
          await appendFile(path('every.pub'), await readFile(`${key}.pub`));
          asked = [];
          await works({ port: own.port, keyFiles: [key] });
          const questions = asked.filter((what) => what === key);
          assert.equal(questions.length, passphrase === '' ? 0 : 1, name);
        }
      }
    }
    await own.stop();
    const wrong = options();
    const mistyped = { ...wrong.questions, passphrase: () => Promise.resolve(secrets.mistyped) };
    const locked = [path('rsa-PKCS8-locked')];
    await fails(
      'ssh.keyWrongPassphrase',
      connect(target({ keyFiles: locked }), { ...wrong, questions: mistyped }),
    );
  });

  it('says that a key is on a security key where nothing else opens the door', async () => {
    const type = 'sk-ssh-ed25519@openssh.com';
    const key = wire([type, randomBytes(32), 'ssh:']);
    const answer = Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), wire([key, 'my token'])]);
    // ssh-agent itself takes such a key from a token alone.
    const agent = createServer((socket) => socket.on('data', () => socket.write(wire([answer]))));
    await new Promise<void>((resolve) => agent.listen(path('token'), resolve));
    const { host, user } = sshd;
    const refused = async (over: Partial<SshTarget>, which: string) => {
      await assert.rejects(
        connect(target({ keyFiles: [], agent: path('token'), ...over }), options()),
        coreFailure('ssh.securityKey', { host, user, key: which }),
      );
    };
    try {
      await refused({}, 'my token');
      const line = `${type} ${key.toString('base64')} me@home\n`;
      await writeFile(path('id_sk'), 'not read');
      await writeFile(path('id_sk.pub'), line);
      await refused({ keyFiles: [path('id_sk')], identitiesOnly: true }, path('id_sk'));
      assert.ok(!asked.includes(path('id_sk')));
      await works({ keyFiles: [path('id_sk'), sshd.keyFile], agent: path('token') });
      await assert.rejects(
        connect(target({ keyFiles: [], agent: path('token'), identitiesOnly: true }), options()),
        coreFailure('ssh.loginRefused', { host, user }),
      );
    } finally {
      agent.close();
    }
  });

  it('asks for no passphrase where the agent has the key', async () => {
    const key = await makeKey('locked');
    const own = await startSshd({ config: [`AuthorizedKeysFile ${key}.pub`] });
    const agent = await startAgent('unlocked', key);
    await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', secrets.passphrase, '-f', key]);
    await works({ port: own.port, keyFiles: [key], agent });
    assert.ok(!asked.includes(key));
    await works({ port: own.port, keyFiles: [key] });
    assert.ok(asked.includes(key));
    await own.stop();
  });

  it('passes over a key that is none where another opens the door, and says so where none does', async () => {
    await writeFile(path('rubbish'), 'no key\n');
    const useless = [path('not-there'), path('rubbish')];
    await works({ keyFiles: [...useless, sshd.keyFile] });
    const agent = await startAgent('helpful', sshd.keyFile);
    await works({ keyFiles: useless, agent });
    await fails('ssh.keyMissing', connect(target({ keyFiles: useless }), options()));
    // An agent's own keys, by the public half that a configuration names, RSA's with SHA-2.
    const rsa = await makeKey('agent-rsa', '-t', 'rsa', '-b', '2048');
    const own = await startSshd({
      config: [`AuthorizedKeysFile ${rsa}.pub`, 'PubkeyAcceptedAlgorithms rsa-sha2-512,rsa-sha2-256'],
    });
    const holder = await startAgent('holder', rsa);
    await rm(rsa);
    await works({ port: own.port, keyFiles: [`${rsa}.pub`], agent: holder, identitiesOnly: true });
    await own.stop();
  });

  it('goes through two bastions, each with a user and a port of its own', async () => {
    const [first, second] = await Promise.all([startSshd(), startSshd()]);
    const config = [
      `Host ${sshd.host}`,
      `  Port ${sshd.port}`,
      `  ProxyJump root@localhost:${first.port},ssh://root@127.0.0.2:${second.port}`,
      'Host localhost 127.0.0.2',
      '  User nobody-there',
      `  IdentityFile ${first.keyFile}`,
      `  IdentityFile ${second.keyFile}`,
      'Host 127.0.0.2',
      '  HostName 127.0.0.1',
      'Host *',
      `  IdentityFile ${sshd.keyFile}`,
      '  User root',
      '  IdentityAgent none',
    ].join('\n');
    await writeFile(path('config-two'), config);
    const found = targetOf(await readSshConfig(path('config-two'), sshd.directory), {
      host: sshd.host,
      user: 'somebody',
    });
    (await connect(found, options())).close();
    assert.deepEqual(asked, ['localhost', '127.0.0.1', sshd.host]);
    await Promise.all([first.stop(), second.stop()]);
  });

  for (const moment of ['a person is being asked', 'the way on is about to be made'])
    it(`says that the way is lost where the bastion’s connection breaks while ${moment}`, async () => {
      const bastion = await startSshd();
      const taken: Socket[] = [];
      const between = createServer((socket) => {
        taken.push(socket);
        const onward = createConnection(bastion.port, bastion.host);
        socket.on('error', () => onward.destroy());
        onward.on('error', () => socket.destroy());
        socket.pipe(onward).pipe(socket);
      }).listen(0, '127.0.0.1');
      await once(between, 'listening');
      const { port } = between.address() as AddressInfo;
      const breakIt = async () => {
        for (const socket of taken) socket.resetAndDestroy();
        await sleep(200);
      };
      const isAsking = moment === 'a person is being asked';
      const hostKeys = openHostKeys(path('known_hosts'));
      const lost = connect(
        target({ via: target({ host: '127.0.0.1', port, keyFiles: [bastion.keyFile] }) }),
        options({
          questions: {
            passphrase: () => Promise.resolve(undefined),
            acceptHostKey: async (host) => {
              asked.push(host);
              if (isAsking && asked.length === 2) await breakIt();
              return true;
            },
          },
          hostKeys: {
            ...hostKeys,
            knownTypes: async (identity) => {
              if (!isAsking && identity.port === sshd.port) await breakIt();
              return hostKeys.knownTypes(identity);
            },
          },
        }),
      );
      await fails('ssh.connectionLost', lost);
      between.close();
      await bastion.stop();
    });

  it('follows the user’s configuration: user, port, key, agent and a bastion, with what it includes', async () => {
    const bastion = await startSshd();
    await mkdir(path('.ssh/config.d'), { recursive: true });
    await writeFile(
      path('.ssh/config.d/lab'),
      [
        'Host inner',
        `  HostName ${sshd.host}`,
        `  Port ${sshd.port}`,
        '  ProxyJump door',
        'Host door',
        '  HostName localhost',
        `  Port ${bastion.port}`,
        `  IdentityFile ${bastion.keyFile}`,
      ].join('\r\n'),
    );
    await writeFile(
      path('.ssh/config'),
      `\uFEFFInclude config.d/*\nPort\nHost *\n  User root\n  IdentityFile "${sshd.keyFile}"\n  IdentitiesOnly yes\n  IdentityAgent none\n`,
    );
    const config = await readSshConfig(path('.ssh/config'), sshd.directory);
    assert.deepEqual(config.problems, [{ path: path('.ssh/config'), line: 2, text: 'Port' }]);
    const found = targetOf(config, { host: sshd.host, user: 'somebody', agent: path('nobody') });
    assert.equal(found.via?.host, 'localhost');
    assert.equal(found.agent, undefined);
    assert.equal(found.user, 'root');
    const shell = await connect(found, options());
    assert.deepEqual(asked, ['localhost', sshd.host]);
    shell.close();
    const elsewhere = { ...found, port: 1 };
    await assert.rejects(connect(elsewhere, options()), (error) => {
      assert.ok(isCoreError(error, 'ssh.jumpFailed'), String(error));
      assert.deepEqual([error.data.bastion, error.data.port], ['localhost', 1]);
      return true;
    });
    await bastion.stop();
  });

  it('goes to port 2222 where the configuration says so, and knows the host there by both', async () => {
    // An address of this process's own, where nobody else has the port.
    const address = `127.22.${(process.pid >> 8) & 255}.${process.pid & 255}`;
    const own = await startSshd({ address, port: 2222 });
    const config = `Host ${address}\n  Port 2222\n  User root\n  IdentityFile ${own.keyFile}\n  IdentityAgent none\n`;
    await writeFile(path('config-2222'), config);
    const found = targetOf(await readSshConfig(path('config-2222'), sshd.directory), {
      host: address,
      user: 'somebody',
    });
    assert.deepEqual([found.port, found.user], [2222, 'root']);
    (await connect(found, options())).close();
    assert.match(await readFile(path('known_hosts'), 'utf8'), /^\[127\.22\.\d+\.\d+\]:2222 ssh-ed25519 /);
    const looked = await run('ssh-keygen', ['-F', `[${address}]:2222`, '-f', path('known_hosts')]);
    assert.match(looked.stdout, /found: line 1/);
    (await connect(found, options())).close();
    assert.deepEqual(asked, [address]);
    await own.stop();
  });

  it('trusts what the user’s hashed known_hosts knows, and refuses what is revoked or changed there', async () => {
    const { line } = await hostKey();
    const others = [path('users_known_hosts')];
    const other = (await readFile(`${sshd.keyFile}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ');
    const known = async (text: string) => {
      await writeFile(path('users_known_hosts'), text);
      if (!text.startsWith('@')) await run('ssh-keygen', ['-q', '-H', '-f', path('users_known_hosts')]);
      return { hostKeys: openHostKeys(path('known_hosts'), { others }) };
    };
    await works({}, await known(`[${sshd.host}]:${sshd.port} ${line}\n`));
    assert.deepEqual(asked, []);
    const changed = await known(`[${sshd.host}]:${sshd.port} ${other}\n`);
    await fails('ssh.hostKeyChanged', connect(target(), options(changed)));
    await fails('ssh.hostKeyRevoked', connect(target(), options(await known(`@revoked * ${line}\n`))));
    await works({}, await known(`@cert-authority * ${other}\n`));
    assert.deepEqual(asked, [sshd.host]);
  });

  it('believes an instance that prints the key to its console, and nobody where it prints another', async () => {
    const { print } = await hostKey();
    const printed = (text: string) => ({
      printed: () => Promise.resolve(consoleFingerprints(consoleOf(text))),
    });
    const right = printed(`ec2: 256 ${print} root@ip-192-168-1-100 (ED25519)`);
    await works({ instanceId: 'i-1' }, right);
    assert.deepEqual(asked, []);
    const wrong = printed(`<14>Nov 28 00:00:00 ec2: 256 SHA256:${'A'.repeat(43)} root@ip (ED25519)`);
    await fails(
      'ssh.hostKeyNotPrinted',
      connect(target({ host: 'localhost', instanceId: 'i-2' }), options(wrong)),
    );
    await works({ host: 'localhost', instanceId: 'i-3' }, printed(''));
    assert.deepEqual(asked, ['localhost']);
  });

  it('tells an EIP that has moved from an attack', async () => {
    const other = (await readFile(`${sshd.keyFile}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ');
    const { print } = await hostKey();
    const right = { printed: () => Promise.resolve([print]) };
    await writeFile(path('known_hosts'), `[${sshd.host}]:${sshd.port} ${other}\n`);
    await fails('ssh.hostKeyChanged', connect(target({ instanceId: 'i-new' }), options()));
    await works({ instanceId: 'i-new' }, right);
    // What is known of an instance itself does not change, whatever a console says.
    await writeFile(path('known_hosts'), `i-new ${other}\n`);
    await fails('ssh.hostKeyChanged', connect(target({ instanceId: 'i-new' }), options(right)));
  });

  it('finds the key of a key pair by each form of its fingerprint', async () => {
    const pem = await makeKey('made.pem', '-t', 'rsa', '-b', '2048', '-m', 'PEM');
    const openssl = async (command: string) => (await run('sh', ['-c', command])).stdout.trim();
    const imported = await openssl(
      `openssl rsa -in ${pem} -pubout -outform DER 2>/dev/null | openssl md5 -c`,
    );
    const made = await openssl(
      `openssl pkcs8 -in ${pem} -inform PEM -outform DER -topk8 -nocrypt | openssl sha1 -c`,
    );
    const digest = (text: string) => text.split(' ').at(-1) ?? '';
    assert.ok(await fileMatchesKeyPair(pem, { fingerprint: digest(imported) }));
    assert.ok(await fileMatchesKeyPair(pem, { fingerprint: digest(made) }));
    assert.ok(!(await fileMatchesKeyPair(sshd.keyFile, { fingerprint: digest(made) })));
    for (const [name, ...args] of [
      ['rsa-pem', '-t', 'rsa', '-m', 'PEM'],
      ['rsa', '-t', 'rsa'],
      ['ecdsa-pem', '-t', 'ecdsa', '-m', 'PEM'],
      ['ecdsa', '-t', 'ecdsa', '-N', secrets.passphrase],
      ['ed25519', '-t', 'ed25519', '-N', secrets.passphrase],
    ] as const) {
      const key = await makeKey(name, ...args);
      const publicKey = await readFile(`${key}.pub`, 'utf8');
      await rm(`${key}.pub`);
      assert.equal((await publicKeyOf(key))?.toString('base64'), publicKey.split(' ')[1], name);
      assert.ok(await fileMatchesKeyPair(key, { publicKey }), name);
      if (name !== 'ed25519') continue;
      // Of an Ed25519 key EC2 tells the SHA-256, as OpenSSH does but for the sign at its end.
      const [, sha256 = ''] = /SHA256:(\S+)/.exec((await run('ssh-keygen', ['-lf', key])).stdout) ?? [];
      assert.ok(await fileMatchesKeyPair(key, { fingerprint: `${sha256}=` }));
      assert.ok(!(await fileMatchesKeyPair(key, { fingerprint: `${'A'.repeat(43)}=` })));
    }
  });
});

function consoleOf(line: string): string {
  return `boot\n-----BEGIN SSH HOST KEY FINGERPRINTS-----\n${line}\n-----END SSH HOST KEY FINGERPRINTS-----\nlogin:`;
}
