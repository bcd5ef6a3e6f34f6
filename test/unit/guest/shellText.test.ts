import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { shellQuote } from '../../../src/core/base/quoting.ts';
import { printBytes } from '../../../src/core/guest/transaction/bytes.ts';

/** What a script printed under a real sh. */
function sh(script: string): Buffer {
  return execFileSync('sh', ['-s'], { input: script });
}

describe('shell text', () => {
  const rounds = { numRuns: 150 };

  it('quotes anything into one word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 }),
        (texts) => {
          const words = texts.map((text) => text.replaceAll('\0', ''));
          const printed = sh(`printf '%s\\0' ${words.map(shellQuote).join(' ')}`);
          assert.deepEqual(printed.toString('utf8'), `${words.join('\0')}\0`);
        },
      ),
      rounds,
    );
  });

  it('refuses what no word can hold', () => {
    assert.throws(() => shellQuote('a\0b'), RangeError);
  });

  it('prints exactly the bytes that it was given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        assert.deepEqual(sh(printBytes(Buffer.from(bytes))), Buffer.from(bytes));
      }),
      rounds,
    );
    assert.equal(sh(printBytes(Buffer.from('-n -- -\n-x'))).toString(), '-n -- -\n-x');
    const text = "# it's 100 %\n\tup echo \\\n\n$(id) `id` \\n \\134\n";
    assert.equal(sh(printBytes(Buffer.from(text))).toString(), text);
  });
});
