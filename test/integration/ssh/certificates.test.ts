import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { isCoreError, isExpected } from '../../../src/core/base/errors.ts';
import type { ErrorCode } from '../../../src/core/base/errors.ts';
import { parseCertificate } from '../../../src/core/ssh/certificate/certificate.ts';
import { fetchCertificate } from '../../../src/core/ssh/certificate/fetch.ts';
import { readSshConfig } from '../../../src/core/ssh/config.ts';
import { connect } from '../../../src/core/ssh/door.ts';
import type { ConnectOptions } from '../../../src/core/ssh/door.ts';
import { openHostKeys } from '../../../src/core/ssh/hostKeys.ts';
import type { SshTarget } from '../../../src/core/ssh/shell.ts';
import { targetOf } from '../../../src/core/ssh/target.ts';
import { wire } from '../../../src/core/ssh/wire.ts';
import { keptLog, usesPrivateKey } from '../../lab/kept.ts';
import { run } from './command.ts';
import { startSshd } from './sshd.ts';
import type { TestSshd } from './sshd.ts';

type Verdict = 'let in' | 'asked' | 'revoked' | 'changed';

const verdicts: Partial<Record<ErrorCode, Verdict>> = {
  'ssh.hostKeyRejected': 'asked',
  'ssh.hostKeyChanged': 'changed',
  'ssh.hostKeyRevoked': 'revoked',
  'ssh.hostAuthorityRevoked': 'revoked',
};

/** A security key as PROTOCOL.u2f has it: its public key, and what it makes of what it is to sign. */
interface SecurityKey {
  readonly type: string;
  readonly blob: Buffer;
  readonly sign: (data: Buffer, told?: { readonly flags: number; readonly counter: number }) => Buffer;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

function securityKey(kind: 'ssh-ed25519' | 'ecdsa-sha2-nistp256', application: string): SecurityKey {
  const type = `sk-${kind}@openssh.com`;
  const isCurve = kind !== 'ssh-ed25519';
  const { publicKey, privateKey } = isCurve
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('ed25519');
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const point = isCurve ? ['nistp256', der.subarray(-65)] : [der.subarray(-32)];
  const number = (half: Buffer) => Buffer.concat([Buffer.from([0]), half]);
  return {
    type,
    blob: wire([type, ...point, application]),
    sign: (data, { flags, counter } = { flags: 1, counter: 7 }) => {
      const told = Buffer.from([flags, 0, 0, 0, counter]);
      const message = Buffer.concat([sha256(application), told, sha256(data)]);
      const raw = isCurve
        ? sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })
        : sign(null, message, privateKey);
      const value = isCurve ? wire([number(raw.subarray(0, 32)), number(raw.subarray(32))]) : raw;
      return Buffer.concat([wire([type, value]), told]);
    },
  };
}

describe('a host’s certificate', function () {
  this.timeout(60_000);
  let sshd: TestSshd;
  const path = (name: string) => join(sshd.directory, name);
  const publicLine = async (name: string) =>
    (await readFile(path(`${name}.pub`), 'utf8')).split(' ').slice(0, 2).join(' ');

  before(async () => {
    sshd = await startSshd();
    for (const [name, ...kind] of [
      ['ca', '-t', 'ed25519'],
      ['ca-rsa', '-t', 'rsa', '-b', '2048'],
      ['ca-ecdsa', '-t', 'ecdsa', '-b', '521'],
      ['stranger', '-t', 'ed25519'],
    ] as const) {
      await run('ssh-keygen', ['-q', '-N', '', ...kind, '-f', path(name)]);
      usesPrivateKey(path(name));
    }
  });
  after(() => sshd.stop());

  /** Has the host key signed, and sshd show the certificate; every new connection reads the configuration anew. */
  const certify = async (authority: string, ...how: readonly string[]) => {
    const args = ['-q', '-s', path(authority), '-I', 'lab', ...how, path('host_key.pub')];
    await run('ssh-keygen', args);
  };

  const options = (accept = false) => {
    const asked: (string | undefined)[] = [];
    const given: ConnectOptions = {
      hostKeys: openHostKeys(path('own'), { others: [path('known')] }),
      log: keptLog('ssh'),
      questions: {
        acceptHostKey: (_host, _type, _print, why) => {
          asked.push(why);
          return Promise.resolve(accept);
        },
        passphrase: () => Promise.resolve(undefined),
      },
    };
    return { asked, given };
  };
  const target = (): SshTarget => ({
    host: sshd.host,
    port: sshd.port,
    user: 'root',
    keyFiles: [sshd.keyFile],
  });

  /** What ours says where these lines are all that is known; `problem` is what it would tell a person. */
  const ours = async (lines: string, alias?: string) => {
    await writeFile(path('known'), lines);
    await rm(path('own'), { force: true });
    const { asked, given } = options();
    const verdict = await connect({ ...target(), ...(alias !== undefined && { alias }) }, given).then(
      (shell) => {
        shell.close();
        return 'let in';
      },
      (error: unknown) => {
        const found = isExpected(error) ? verdicts[error.code] : undefined;
        if (found === undefined) throw error;
        return found;
      },
    );
    return { verdict, problem: asked[0] };
  };

  /** What OpenSSH's own client says of the same. */
  const theirs = async (lines: string, alias?: string): Promise<Verdict> => {
    await writeFile(path('known'), lines);
    const options = [
      `UserKnownHostsFile=${path('known')}`,
      'GlobalKnownHostsFile=none',
      'StrictHostKeyChecking=yes',
      'BatchMode=yes',
      'UpdateHostKeys=no',
      'IdentityAgent=none',
      'IdentitiesOnly=yes',
      ...(alias === undefined ? [] : [`HostKeyAlias=${alias}`]),
    ].flatMap((option) => ['-o', option]);
    const where = ['-F', 'none', '-i', sshd.keyFile, '-p', String(sshd.port), `root@${sshd.host}`, 'true'];
    const { code, stderr } = await run('ssh', [...options, ...where], { mayFail: true });
    if (code === 0) return 'let in';
    if (/marked as revoked|HOST KEY IS REVOKED|REVOKED/i.test(stderr)) return 'revoked';
    if (stderr.includes('IDENTIFICATION HAS CHANGED')) return 'changed';
    if (/No .* host key is known/.test(stderr)) return 'asked';
    throw new Error(stderr);
  };

  const HOUR = ['-V', '-1h:+1h'];
  interface Case {
    readonly what: string;
    readonly signed: readonly [authority: string, ...how: string[]];
    /** The lines of known_hosts, of which `{name}` is a public key. */
    readonly known: string;
    readonly verdict: Verdict;
    readonly problem?: string;
    readonly alias?: string;
  }
  const cases: readonly Case[] = [
    {
      what: 'of an authority for this address is believed',
      signed: ['ca', '-h', '-n', '127.0.0.1,lab.example', ...HOUR],
      known: '@cert-authority * {ca}',
      verdict: 'let in',
    },
    {
      what: 'signed with RSA and SHA-2 is believed',
      signed: ['ca-rsa', '-t', 'rsa-sha2-256', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority 127.0.0.* {ca-rsa}',
      verdict: 'let in',
    },
    {
      what: 'signed with an elliptic curve is believed',
      signed: ['ca-ecdsa', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority 127.0.0.1 {ca-ecdsa}',
      verdict: 'let in',
    },
    {
      what: 'for every name is believed',
      signed: ['ca', '-h'],
      known: '@cert-authority * {ca}',
      verdict: 'let in',
    },
    {
      what: 'for a name by which the configuration knows the host is believed',
      signed: ['ca', '-h', '-n', 'lab.example', ...HOUR],
      known: '@cert-authority *.example {ca}',
      alias: 'lab.example',
      verdict: 'let in',
    },
    {
      what: 'is believed where another key was known, which OpenSSH takes as the host having a new one',
      signed: ['ca', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority * {ca}\n127.0.0.1 {stranger}\n[127.0.0.1]:{port} {stranger}',
      verdict: 'let in',
    },
    {
      what: 'signed with SHA-1 is not believed',
      signed: ['ca-rsa', '-t', 'ssh-rsa', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority * {ca-rsa}',
      verdict: 'asked',
      problem: 'weak',
    },
    {
      what: 'that has expired is not believed',
      signed: ['ca', '-h', '-n', '127.0.0.1', '-V', '-2h:-1h'],
      known: '@cert-authority * {ca}',
      verdict: 'asked',
      problem: 'expired',
    },
    {
      what: 'that has expired says nothing against a key that is known',
      signed: ['ca', '-h', '-n', '127.0.0.1', '-V', '-2h:-1h'],
      known: '@cert-authority * {ca}\n[127.0.0.1]:{port} {host_key}',
      verdict: 'let in',
    },
    {
      what: 'that has expired is no way around a key that has changed',
      signed: ['ca', '-h', '-n', '127.0.0.1', '-V', '-2h:-1h'],
      known: '@cert-authority * {ca}\n[127.0.0.1]:{port} {stranger}',
      verdict: 'changed',
    },
    {
      what: 'that is not valid yet is not believed',
      signed: ['ca', '-h', '-n', '127.0.0.1', '-V', '+1h:+2h'],
      known: '@cert-authority * {ca}',
      verdict: 'asked',
      problem: 'early',
    },
    {
      what: 'for other names is not believed',
      signed: ['ca', '-h', '-n', 'lab.example,127.0.0.2', ...HOUR],
      known: '@cert-authority * {ca}',
      verdict: 'asked',
      problem: 'otherName',
    },
    {
      what: 'for a pattern of names is not believed',
      signed: ['ca', '-h', '-n', '127.0.0.*', ...HOUR],
      known: '@cert-authority * {ca}',
      verdict: 'asked',
      problem: 'otherName',
    },
    {
      what: 'of another authority is not believed',
      signed: ['stranger', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority * {ca}',
      verdict: 'asked',
    },
    {
      what: 'of an authority for other hosts is not believed',
      signed: ['ca', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority *,!127.0.0.1,![127.0.0.1]:{port} {ca}',
      verdict: 'asked',
    },
    {
      what: 'whose key merely is known, and no authority, is not believed',
      signed: ['ca', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '127.0.0.9 {ca}',
      verdict: 'asked',
    },
    {
      what: 'of an authority that is revoked is refused',
      signed: ['ca', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority * {ca}\n@revoked * {ca}',
      verdict: 'revoked',
    },
    {
      what: 'of an authority that is revoked is refused though its key is known',
      signed: ['ca', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@revoked * {ca}\n[127.0.0.1]:{port} {host_key}',
      verdict: 'revoked',
    },
    {
      what: 'of a key that is revoked is refused',
      signed: ['ca', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '@cert-authority * {ca}\n@revoked * {host_key}',
      verdict: 'revoked',
    },
    {
      what: 'is not needed where the key is known at the usual port',
      signed: ['stranger', '-h', '-n', '127.0.0.1', ...HOUR],
      known: '127.0.0.1 {host_key}',
      verdict: 'let in',
    },
  ];

  for (const { what, signed, known, verdict, problem, alias } of cases) {
    it(`${what}; OpenSSH’s client says the same`, async () => {
      await certify(...signed);
      let lines = `${known.replaceAll('{port}', String(sshd.port))}\n`;
      for (const [whole, name = ''] of known.matchAll(/\{(\w[\w-]*)\}/g)) {
        if (name !== 'port') lines = lines.replaceAll(whole, await publicLine(name));
      }
      assert.equal(await theirs(lines, alias), verdict, 'theirs');
      assert.deepEqual(await ours(lines, alias), { verdict, problem }, 'ours');
    });
  }

  /** The host's certificate, with another authority's name and signature in the place of those that it has. */
  const signedAnew = async (authority: Buffer, signature: (data: Buffer) => Buffer) => {
    const [type = '', text = ''] = (await readFile(path('host_key-cert.pub'), 'utf8')).split(' ');
    const old = parseCertificate(Buffer.from(text, 'base64'));
    assert.ok(old);
    const body = old.signed.subarray(0, old.signed.length - wire([old.authority]).length);
    const signed = Buffer.concat([body, wire([authority])]);
    const bytes = Buffer.concat([signed, wire([signature(signed)])]);
    await writeFile(path('host_key-cert.pub'), `${type} ${bytes.toString('base64')} lab\n`);
    return bytes;
  };

  for (const kind of ['ssh-ed25519', 'ecdsa-sha2-nistp256'] as const) {
    it(`of an authority whose ${kind} key is on a security key is believed; OpenSSH’s client says the same`, async () => {
      await certify('ca', '-h', '-n', '127.0.0.1', ...HOUR);
      const key = securityKey(kind, 'ssh:lab');
      const known = `@cert-authority * ${key.type} ${key.blob.toString('base64')}\n`;
      // As OpenSSH: nobody need have touched it.
      for (const flags of [1, 0]) {
        await signedAnew(key.blob, (data) => key.sign(data, { flags, counter: 200 }));
        assert.equal(await theirs(known), 'let in', 'theirs');
        assert.deepEqual(await ours(known), { verdict: 'let in', problem: undefined }, 'ours');
      }
      const other = securityKey(kind, 'ssh:lab');
      assert.equal(
        (await ours(known.replace(key.blob.toString('base64'), other.blob.toString('base64')))).verdict,
        'asked',
      );
    });

    it(`that a security key’s ${kind} did not sign so is forged, as OpenSSH finds`, async () => {
      await certify('ca', '-h', '-n', '127.0.0.1', ...HOUR);
      const key = securityKey(kind, 'ssh:');
      await writeFile(path('known'), `@cert-authority * ${key.type} ${key.blob.toString('base64')}\n`);
      await rm(path('own'), { force: true });
      const changed = (from: number, to: number) => (data: Buffer) => {
        const signature = key.sign(data);
        signature[signature.length + from] = to;
        return signature;
      };
      for (const [what, signature, isBelieved] of [
        ['as it signed', (data) => key.sign(data), true],
        ['with other flags', changed(-5, 5)],
        ['with another counter', changed(-1, 8)],
        ['of another application', (data) => securityKey(kind, 'ssh:other').sign(data)],
        ['with more behind it', (data) => Buffer.concat([key.sign(data), Buffer.from([0])])],
        ['without its counter', (data) => key.sign(data).subarray(0, -4)],
      ] as const satisfies readonly (readonly [string, (data: Buffer) => Buffer, true?])[]) {
        const bytes = await signedAnew(key.blob, signature);
        const { code } = await run('ssh-keygen', ['-L', '-f', path('host_key-cert.pub')], { mayFail: true });
        assert.equal(code === 0, isBelieved === true, `${what}: theirs`);
        const { asked, given } = options();
        const certificates = new Map([[`${sshd.host}:${sshd.port}`, bytes]]);
        const login = connect(target(), { ...given, met: { certificates } });
        if (isBelieved === true) (await login).close();
        else await assert.rejects(login, (error) => isCoreError(error, 'ssh.hostKeyRejected'), what);
        assert.deepEqual(asked, isBelieved === true ? [] : ['forged'], what);
        await rm(path('own'), { force: true });
      }
    });
  }

  it('is asked for through a bastion, and of one instance once', async () => {
    await certify('ca', '-h', '-n', '127.0.0.1,localhost', ...HOUR);
    await writeFile(path('known'), `@cert-authority * ${await publicLine('ca')}\n`);
    await writeFile(
      path('config'),
      [
        'Host *',
        `  Port ${sshd.port}`,
        '  User root',
        `  IdentityFile ${sshd.keyFile}`,
        '  IdentityAgent none',
        'Host 127.0.0.1',
        '  ProxyJump localhost',
      ].join('\n'),
    );
    const config = await readSshConfig(path('config'), sshd.directory);
    const way = targetOf(config, { host: '127.0.0.1', user: 'root', instanceId: 'i-1' });
    assert.equal(way.via?.host, 'localhost');
    const { asked, given } = options();
    const certificates = new Map<string, Buffer | undefined>();
    for (const turn of ['first', 'second']) {
      (await connect(way, { ...given, met: { certificates } })).close();
      assert.deepEqual([...certificates.keys()].sort(), ['i-1', `localhost:${sshd.port}`], turn);
    }
    // What was found the first time counts the second time: of nobody who is believed.
    certificates.set('i-1', undefined);
    await assert.rejects(connect(way, { ...given, met: { certificates } }), (error) =>
      isCoreError(error, 'ssh.hostKeyRejected'),
    );
    assert.deepEqual(asked, [undefined]);
  });

  it('says nothing for another key than the one that it is about, whoever shows it', async () => {
    await certify('ca', '-h', '-n', '127.0.0.1', ...HOUR);
    await writeFile(path('known'), `@cert-authority * ${await publicLine('ca')}\n`);
    await rm(path('own'), { force: true });
    await run('ssh-keygen', ['-q', '-s', path('ca'), '-I', 'x', '-h', path('stranger.pub')]);
    const [, copied = ''] = (await readFile(path('stranger-cert.pub'), 'utf8')).split(' ');
    const own = Buffer.from(
      (await readFile(path('host_key-cert.pub'), 'utf8')).split(' ')[1] ?? '',
      'base64',
    );
    const forged = Buffer.from(own);
    // The last byte of its signature.
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    for (const [bytes, problem] of [
      [Buffer.from(copied, 'base64'), undefined],
      [forged, 'forged'],
      [own.subarray(0, 100), undefined],
    ] as const) {
      const { asked, given } = options();
      const certificates = new Map([[`${sshd.host}:${sshd.port}`, bytes]]);
      await assert.rejects(connect(target(), { ...given, met: { certificates } }), (error) =>
        isCoreError(error, 'ssh.hostKeyRejected'),
      );
      assert.deepEqual(asked, [problem]);
    }
  });

  it('is waited for as long as for the host, given up at once, and not read on for ever', async () => {
    const talk = (say: (socket: Socket) => void) =>
      new Promise<Server>((resolve) => {
        const server = createServer((socket) => {
          socket.on('error', () => undefined);
          say(socket);
        });
        server.listen(0, '127.0.0.1', () => {
          resolve(server);
        });
      });
    const place = (server: Server) => ({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
    const silent = await talk(() => undefined);
    await writeFile(path('known'), '@cert-authority * ssh-ed25519 AAAA\n');
    const { given } = options();
    await assert.rejects(
      connect({ ...target(), ...place(silent) }, { ...given, timeoutMilliseconds: 300 }),
      (error) => isCoreError(error, 'ssh.noAnswer'),
    );
    const cancel = new AbortController();
    const waiting = fetchCertificate(place(silent), cancel.signal);
    cancel.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
    silent.close();

    let sent = 0;
    const endless = await talk((socket) => {
      const more = () => {
        while (!socket.destroyed && socket.write('no version yet\r\n')) sent += 1;
      };
      socket.on('drain', more);
      more();
    });
    const { signal } = new AbortController();
    assert.equal(await fetchCertificate(place(endless), signal), undefined);
    assert.ok(sent > 0);
    endless.close();
    const large = await talk((socket) => socket.end('SSH-2.0-x\r\n\x7f\xff\xff\xff'));
    assert.equal(await fetchCertificate(place(large), signal), undefined);
    large.close();
    assert.equal(await fetchCertificate({ host: '127.0.0.1', port: 1 }, signal), undefined);
  });
});
