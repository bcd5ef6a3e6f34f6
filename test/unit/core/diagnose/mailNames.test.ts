import assert from 'node:assert/strict';
import { diagnose } from '../../../../src/core/diagnose/diagnose.ts';
import type { FindingCode } from '../../../../src/core/diagnose/finding.ts';
import { mailBindings } from '../../../../src/core/diagnose/mail/bindings.ts';
import type { MailFacts } from '../../../../src/core/diagnose/mail/mailFacts.ts';
import { factsOf, healthy } from './healthy.ts';

const healthyFacts = factsOf(healthy());
const { association } = healthyFacts.address;
const publicIp = association?.publicIp ?? '';
const helo = 'mail.example.com';
const agreeing: MailFacts = { publicIp, helo, ptr: [`${helo}.`], forward: { [helo]: [publicIp] }, ec2: {} };
const elsewhere = ['203.0.113.9'];
const other = 'other.example.com';
const reverseDns = {
  recipe: 'reverseDns',
  spec: { allocationId: association?.allocationId, domainName: helo },
} as const;

describe('the names of an address that sends mail', () => {
  for (const [what, mail, codes, fix] of [
    ['agree', {}, [], undefined],
    ['are not known where DNS is silent', { ptr: 'silent' }, ['dnsSilent'], undefined],
    [
      'are not known where DNS is silent about one',
      { forward: { [helo]: 'silent' } },
      ['dnsSilent'],
      undefined,
    ],
    ['want a PTR, set by a plan where the name leads here', { ptr: [] }, ['ptrMissing'], reverseDns],
    [
      'want an A record before the PTR',
      { ptr: [], forward: { [helo]: [] } },
      ['ptrMissing', 'nameElsewhere'],
      undefined,
    ],
    ['wait for EC2', { ptr: [], ec2: { pending: helo } }, ['ptrPending'], undefined],
    ['lead elsewhere', { forward: { [helo]: elsewhere } }, ['nameElsewhere'], undefined],
    [
      'differ from what the mail server greets with',
      { ptr: [other], forward: { [other]: [publicIp], [helo]: [publicIp] } },
      ['heloDiffers'],
      reverseDns,
    ],
  ] as const satisfies readonly (readonly [string, Partial<MailFacts>, readonly FindingCode[], unknown])[]) {
    it(what, () => {
      const found = diagnose({ ...healthyFacts, mailFacts: { ...agreeing, ...mail } });
      assert.deepEqual(
        found.map(({ code }) => code),
        codes,
      );
      assert.deepEqual(found[0]?.fix, fix);
    });
  }
});

describe('the settings that bind a mail server', () => {
  const senders = [{ address: '10.0.0.8' }, { address: '10.0.0.9', helo }];

  it('are those of Exim', () => {
    const lines = mailBindings('exim', senders).split('\n');
    assert.ok(lines.includes('interface = <; 10.0.0.8'));
    assert.ok(lines.includes(`10.0.0.9: ${helo}`));
  });

  it('are those of OpenSMTPD', () => {
    const lines = mailBindings('openSmtpd', senders).split('\n');
    assert.ok(lines.includes('action "out-10-0-0-8" relay src 10.0.0.8'));
    assert.ok(lines.includes(`action "out-10-0-0-9" relay src 10.0.0.9 helo ${helo}`));
  });
});
