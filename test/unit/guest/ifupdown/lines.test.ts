import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinPieces, splitPieces } from '../../../../src/core/guest/ifupdown/lines.ts';
import { anyText, interfacesText } from './interfacesText.ts';

function statements(text: string): (string | undefined)[] {
  return splitPieces(text).map(({ statement }) => statement);
}

describe('reading an interfaces file into pieces', () => {
  it('gives back every byte of anything', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, interfacesText), (text) => {
        assert.equal(joinPieces(splitPieces(text)), text);
      }),
      { numRuns: 2000 },
    );
  });

  const cases: readonly (readonly [string, string, readonly (string | undefined)[]])[] = [
    ['trims a line', '  auto eth0 \t\r\n', ['auto eth0']],
    ['takes the line after a backslash raw', 'auto a\\\n  b\n', ['auto a  b']],
    ['takes a # after a backslash as text', 'auto a \\\n# b\n', ['auto a # b']],
    ['does not continue a comment', '# a \\\nauto b\n', [undefined, 'auto b']],
    ['does not continue over backslash and CR', 'auto a \\\r\nb\n', ['auto a \\', 'b']],
    ['does not continue over backslash and space', 'auto a \\ \nb\n', ['auto a \\', 'b']],
    [
      'keeps what looks like a comment at the end of a line',
      'address 1.2.3.4 # x\n',
      ['address 1.2.3.4 # x'],
    ],
    ['reads a last line without an end', 'auto a', ['auto a']],
    ['reads a backslash at the end of the file', 'auto a \\', ['auto a']],
    ['stops at NUL', 'auto a\0b\n', ['auto a']],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      assert.deepEqual(statements(text), expected);
    });
  }
});
