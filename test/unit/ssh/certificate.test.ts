import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { judgeCertificate } from '../../../src/core/ssh/certificate/judge.ts';
import { wire } from '../../../src/core/ssh/wire.ts';

const bytesOf = ({ publicKey }: { readonly publicKey: KeyObject }) =>
  wire(['ssh-ed25519', publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);

describe('a certificate from the wire', () => {
  const authority = generateKeyPairSync('ed25519');
  const host = generateKeyPairSync('ed25519');
  const number = (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    return bytes;
  };
  const body = Buffer.concat([
    wire(['ssh-ed25519-cert-v01@openssh.com', 'nonce', bytesOf(host).subarray(-32)]),
    ...[number(1n), Buffer.from([0, 0, 0, 2])],
    wire(['id', wire(['mail.example'])]),
    ...[number(0n), number(2n ** 64n - 1n)],
    wire(['', '', '', bytesOf(authority)]),
  ]);
  const signature = wire(['ssh-ed25519', sign(null, body, authority.privateKey)]);
  const key = bytesOf(authority).toString('base64');
  const lines = [{ marker: 'cert-authority', key, path: 'known_hosts', line: 1 }] as never;
  const judge = (bytes: Buffer) => judgeCertificate(bytes, { name: 'mail.example', lines, now: 0 });
  const whole = Buffer.concat([body, wire([signature])]);

  it('is believed where its authority signed it', () => {
    const verdict = judge(whole);
    assert.deepEqual(verdict.state === 'certified' && verdict.key, bytesOf(host));
  });

  it('is of no worth with a signature that is none', () => {
    for (const none of ['', 'x', wire(['']), wire(['ssh-rsa', 'x']), wire(['toString', 'x'])]) {
      const verdict = judge(Buffer.concat([body, wire([none])]));
      assert.equal(verdict.state, 'invalid');
    }
  });

  it('is never believed, and never more than an answer, where a byte of it is another', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(whole);
        other[at] = (other[at] ?? 0) ^ change;
        assert.notEqual(judge(other).state, 'certified');
      }),
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        assert.notEqual(judge(whole.subarray(0, length)).state, 'certified');
      }),
    );
  });
});
