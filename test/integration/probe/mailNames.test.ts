import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { mailAgrees } from '../../../src/core/diagnose/mail/mailFacts.ts';
import { readNames } from '../../../src/core/diagnose/mail/readNames.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { freePort } from '../ssh/sshd.ts';

const signal = new AbortController().signal;
const publicIp = '198.51.100.10';

describe('the names of an address that sends mail', function () {
  this.timeout(20_000);
  let port: number;
  let server: ChildProcess;

  before(async () => {
    port = await freePort();
    server = spawn(
      'dnsmasq',
      [
        ...['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--user=root'],
        ...['--listen-address=127.0.0.1', '--bind-interfaces', `--port=${port}`, '--pid-file='],
        `--host-record=mail.example.com,${publicIp}`,
        '--address=/other.example.com/198.51.100.99',
        '--ptr-record=11.100.51.198.in-addr.arpa,Other.example.com',
        ...['--local=/example.com/', '--local=/in-addr.arpa/'],
      ],
      { stdio: 'ignore' },
    );
    while ((await ask({ publicIp })).ptr === 'silent') await sleep(50);
  });

  after(async () => {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
  });

  const ask = async (asked: { publicIp: string; helo?: string }, servers = [`127.0.0.1:${port}`]) => {
    const options = { servers, timeoutMilliseconds: 1000, signal };
    const [facts] = await readNames([{ ...asked, ec2: {} }], options);
    assert.ok(facts !== undefined);
    return facts;
  };

  it('agree where each leads to the next', async () => {
    const facts = await ask({ publicIp, helo: 'Mail.example.com.' });
    assert.deepEqual(facts.ptr, ['mail.example.com']);
    assert.deepEqual(facts.forward, { 'mail.example.com': [publicIp] });
    assert.ok(mailAgrees(facts));
  });

  it('differ where the name leads elsewhere, or greets as nobody', async () => {
    const facts = await ask({ publicIp: '198.51.100.11', helo: 'nobody.example.com' });
    assert.deepEqual(facts.forward, { 'other.example.com': ['198.51.100.99'], 'nobody.example.com': [] });
    assert.equal(mailAgrees(facts), false);
    assert.deepEqual((await ask({ publicIp: '198.51.100.12' })).ptr, []);
  });

  it('say so where no DNS answers, and where its address is none', async () => {
    const silent = await ask({ publicIp, helo: 'mail.example.com' }, [`127.0.0.1:${await freePort()}`]);
    assert.equal(silent.ptr, 'silent');
    assert.deepEqual(silent.forward, { 'mail.example.com': 'silent' });
    await assert.rejects(
      ask({ publicIp }, ['dns.example.com']),
      coreFailure('probe.dnsServer', { server: 'dns.example.com' }),
    );
  });
});
