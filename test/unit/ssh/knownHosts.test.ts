import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openHostKeys } from '../../../src/core/ssh/hostKeys.ts';
import {
  fingerprint,
  hashedName,
  isAbout,
  keyType,
  knownHostsName,
  parseKnownHosts,
  withKnownKey,
} from '../../../src/core/ssh/knownHosts.ts';

const one = publicKey('one');
const two = publicKey('two');

/** A key in wire format: its type, and something. */
function publicKey(content: string): Buffer {
  return Buffer.concat(
    ['ssh-ed25519', content].flatMap((text) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      return [length, Buffer.from(text)];
    }),
  );
}

describe('a known_hosts file', () => {
  it('names a host with its port where that is not 22', () => {
    assert.equal(knownHostsName('198.51.100.10', 22), '198.51.100.10');
    assert.equal(knownHostsName('198.51.100.10', 2222), '[198.51.100.10]:2222');
  });

  it('is read with all names of a line and its marker; what holds no key is passed over', () => {
    const text =
      '# a b c\n\nhost,198.51.100.10 ssh-rsa AAAA comment\r\n@revoked h ssh-rsa BBBB\n@odd h ssh-rsa CCCC\nrubbish\n';
    assert.deepEqual(parseKnownHosts(text), [
      { names: ['host', '198.51.100.10'], type: 'ssh-rsa', key: 'AAAA', line: 3 },
      { names: ['h'], type: 'ssh-rsa', key: 'BBBB', line: 4, marker: 'revoked' },
    ]);
  });

  it('is read with CRLF and a BOM, and written without the latter', () => {
    const text = `\uFEFF[198.51.100.10]:2222 ssh-rsa AAAA\r\n\r\nhalf a\r\n${hashedName('b')} ssh-rsa BBBB\r\n`;
    const known = parseKnownHosts(text);
    assert.deepEqual(
      known.map(({ key, line }) => [key, line]),
      [
        ['AAAA', 1],
        ['BBBB', 4],
      ],
    );
    assert.ok(known[0] !== undefined && isAbout(known[0], '[198.51.100.10]:2222'));
    const after = parseKnownHosts(withKnownKey(text, ['[198.51.100.10]:2222'], 'ssh-rsa', 'NEW'));
    assert.deepEqual(after.map(({ key }) => key).sort(), ['BBBB', 'NEW']);
  });

  it('knows a host by its hashed name, by a pattern, and not where it is excepted', () => {
    const about = (names: string, name: string) => isAbout({ names: names.split(',') }, name);
    assert.ok(about(hashedName('[198.51.100.10]:2222'), '[198.51.100.10]:2222'));
    assert.ok(!about(hashedName('198.51.100.10'), '198.51.100.11'));
    assert.ok(about('198.51.100.*', '198.51.100.10') && about('h?st.example', 'HOST.example'));
    assert.ok(!about('198.51.100.*,!198.51.100.10', '198.51.100.10'));
    assert.ok(!about('198.51.100.1', '198.51.100.10') && !about('198x51.100.1', '198.51.100.1'));
  });

  it('loses the old hashed name of a host that gets a key', () => {
    const text = `${hashedName('a')} ssh-rsa OLD\n${hashedName('b')} ssh-rsa B\n`;
    const after = parseKnownHosts(withKnownKey(text, ['a'], 'ssh-rsa', 'NEW', hashedName));
    assert.deepEqual(
      after.map(({ key }) => key),
      ['B', 'NEW'],
    );
    assert.ok(after[1] !== undefined && isAbout(after[1], 'a'));
  });

  it('gets a key in the place of older ones of the same names, and loses nothing else', () => {
    const text = '# mine\na,b ssh-rsa OLD x\n@revoked a ssh-rsa BAD\nc ssh-rsa C';
    assert.equal(
      withKnownKey(text, ['a', 'i-1'], 'ssh-ed25519', 'NEW'),
      '# mine\nb ssh-rsa OLD x\n@revoked a ssh-rsa BAD\nc ssh-rsa C\na ssh-ed25519 NEW\ni-1 ssh-ed25519 NEW\n',
    );
  });

  it('holds after a change just what it was told, whatever was in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = withKnownKey(text, ['host'], 'ssh-rsa', 'AAAA');
        const found = parseKnownHosts(once).filter(({ names }) => names.includes('host'));
        assert.deepEqual(
          found.map(({ key }) => key),
          ['AAAA'],
        );
        assert.equal(withKnownKey(once, ['host'], 'ssh-rsa', 'AAAA'), once);
      }),
    );
  });

  it('tells a key by its type and the fingerprint that OpenSSH prints', () => {
    assert.equal(keyType(one), 'ssh-ed25519');
    assert.equal(keyType(Buffer.from([1])), '');
    assert.match(fingerprint(one), /^SHA256:[A-Za-z0-9+/]{43}$/);
  });
});

describe('known host keys', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-known-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('are unknown at first, then known, then changed', async () => {
    const path = join(directory, 'new', 'known_hosts');
    const keys = openHostKeys(path);
    const host = { host: '198.51.100.10', port: 22 };
    assert.deepEqual(await keys.check(host, one), { state: 'unknown' });
    await keys.remember(host, one);
    assert.deepEqual(await keys.check(host, one), { state: 'known' });
    assert.deepEqual(await keys.check(host, two), {
      state: 'changed',
      of: 'address',
      expected: fingerprint(one),
      knownAt: `${path}:1`,
    });
    assert.deepEqual(await keys.knownTypes(host), ['ssh-ed25519']);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('belong to the instance before the address', async () => {
    const keys = openHostKeys(join(directory, 'known_hosts'));
    const host = (address: string, instanceId: string) => ({ host: address, port: 22, instanceId });
    await keys.remember(host('198.51.100.10', 'i-1'), one);
    assert.equal((await keys.check(host('198.51.100.11', 'i-1'), one)).state, 'known');
    assert.equal((await keys.check(host('198.51.100.11', 'i-1'), two)).state, 'changed');
    assert.equal((await keys.check(host('198.51.100.10', 'i-2'), two)).state, 'unknown');
    assert.equal((await keys.check({ host: '198.51.100.10', port: 22 }, two)).state, 'changed');
  });

  it('are refused where they are revoked; who signs keys is no host', async () => {
    const path = join(directory, 'known_hosts');
    const other = join(directory, 'other');
    const host = { host: '198.51.100.10', port: 22 };
    await writeFile(other, `@cert-authority * ssh-ed25519 ${two.toString('base64')}\n`);
    const keys = openHostKeys(path, { others: [other, join(directory, 'none')], hashed: true });
    assert.deepEqual(await keys.check(host, one), { state: 'unknown' });
    assert.deepEqual(await keys.check(host, two), { state: 'unknown' });
    await keys.remember({ ...host, instanceId: 'i-1' }, one);
    assert.match(await readFile(path, 'utf8'), /^\|1\|\S+ ssh-ed25519 \S+\ni-1 ssh-ed25519/);
    assert.equal((await keys.check(host, one)).state, 'known');
    await writeFile(other, `\n@revoked * ssh-ed25519 ${one.toString('base64')}\n`);
    assert.deepEqual(await keys.check(host, one), { state: 'revoked', knownAt: `${other}:2` });
  });

  it('are not told by a line that holds no key, nor by files that cannot be read', async () => {
    const path = join(directory, 'known_hosts');
    const host = { host: '198.51.100.10', port: 22 };
    const half = two.toString('base64').slice(0, -4);
    const rubbish = ['x y', 'ssh-ed25519 !!!', `ssh-ed25519 ${half}`, `ssh-rsa ${two.toString('base64')}`];
    await writeFile(path, rubbish.map((words) => `${host.host} ${words}\n`).join(''));
    const loop = join(directory, 'loop');
    await symlink(loop, loop);
    const keys = openHostKeys(path, { others: [directory, loop] });
    assert.deepEqual(await keys.check(host, one), { state: 'unknown' });
    assert.deepEqual(await keys.knownTypes(host), []);
    await keys.remember(host, one);
    assert.deepEqual(await keys.check(host, one), { state: 'known' });
  });

  it('are all kept when several are remembered at once', async () => {
    const path = join(directory, 'known_hosts');
    const keys = openHostKeys(path);
    await writeFile(path, 'mine ssh-rsa AAAA\n');
    const hosts = Array.from({ length: 10 }, (_, index) => ({ host: `198.51.100.${index}`, port: 22 }));
    await Promise.all(hosts.map((host) => keys.remember(host, one)));
    assert.equal(parseKnownHosts(await readFile(path, 'utf8')).length, 11);
  });
});
