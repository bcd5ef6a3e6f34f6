import assert from 'node:assert/strict';
import { finding } from '../../../src/core/diagnose/finding.ts';
import type { Finding } from '../../../src/core/diagnose/finding.ts';
import type { MailFacts } from '../../../src/core/diagnose/mail/mailFacts.ts';
import type { RunRow } from '../../../src/core/diagnose/run.ts';
import { mailCell, mailNote } from '../../../src/ui/validation/mailNote.ts';

const publicIp = '198.51.100.10';
const helo = 'Mail.example.com';
const agreeing: MailFacts = {
  ...{ publicIp, helo, ptr: ['mail.example.com.'] },
  ...{ forward: { 'mail.example.com': [publicIp] }, ec2: {} },
};
const cell = (mail: MailFacts | undefined, findings: readonly Finding[] = []) =>
  mailCell({ mail, findings } as unknown as RunRow);

describe('the names of mail in the matrix', () => {
  it('agree only where each leads to the next, and the last one back here', () => {
    assert.equal(cell(agreeing).tone, 'good');
    assert.equal(mailNote(agreeing).tone, 'good');
    const unknown = { publicIp, ptr: agreeing.ptr, forward: agreeing.forward, ec2: {} };
    for (const mail of [
      { ...agreeing, forward: { 'mail.example.com': ['198.51.100.11'] } },
      { ...agreeing, forward: { 'mail.example.com': 'silent' as const } },
      { ...agreeing, forward: {} },
      { ...agreeing, ptr: ['other.example.com'] },
      { ...agreeing, ptr: [] },
      { ...agreeing, ptr: 'silent' as const },
      unknown,
    ]) {
      assert.equal(mailNote(mail).tone, 'plain', JSON.stringify(mail));
      assert.equal(cell(mail).tone, 'doubtful', JSON.stringify(mail));
    }
  });

  it('are at fault where something is wrong with them, and doubtful where nothing can be said yet', () => {
    const missing = finding('ptrMissing', { publicIp }, []);
    const silent = finding('dnsSilent', { name: helo }, []);
    const pending = finding('ptrPending', { publicIp, name: helo }, []);
    assert.equal(cell(agreeing, [missing]).tone, 'bad');
    for (const unsaid of [silent, pending]) {
      const { tone, detail } = cell({ ...agreeing, ptr: [] }, [unsaid]);
      assert.equal(tone, 'doubtful', unsaid.code);
      assert.notEqual(detail ?? '', '', unsaid.code);
    }
    assert.equal(cell(agreeing, [silent, missing]).tone, 'bad');
    assert.equal(cell(undefined).tone, 'doubtful');
    assert.equal(cell(undefined).detail, undefined);
  });
});
