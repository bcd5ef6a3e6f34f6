import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinAnswers, piecesOf } from '../../../../src/core/aws/pieces.ts';

const answer = (body: string) => Buffer.from(`<?xml version="1.0"?>\n<R xmlns="x">${body}</R>`);
const list = (items: readonly string[]) =>
  `<set>${items.map((item) => `<item>${item}</item>`).join('\n  ')}</set><nextToken>t</nextToken>`;
const texts = (body: Buffer, bytes: number) =>
  piecesOf(body, bytes).map((piece) => Buffer.from(piece).toString());

describe('the pieces of an answer', () => {
  it('deal out the outermost items, with what stands around them in each', () => {
    const item = fc.oneof(
      fc.constantFrom('<a/>', '<tags><item>x</item><item/></tags>', '<name>&lt;item&gt; é 日本</name>'),
      fc.integer({ min: 0, max: 30 }).map((length) => 'y'.repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (items, bytes) => {
        const dealt = texts(answer(list(items)), bytes).flatMap((piece) => {
          const [, inside] = /<set>(.*)<\/set><nextToken>t<\/nextToken><\/R>$/s.exec(piece) ?? [];
          assert.ok(inside !== undefined && piece.startsWith('<?xml version="1.0"?>\n<R xmlns="x"><set>'));
          return inside;
        });
        const expected = items.map((each) => `<item>${each}</item>`).join('');
        assert.equal(dealt.join('').replaceAll('\n  ', ''), expected);
      }),
    );
  });

  it('are as long as they may be', () => {
    const pieces = texts(answer(list(Array<string>(100).fill('0123456789'))), 230);
    // Nine items and the white space between them.
    assert.equal(pieces.length, 12);
  });

  for (const [what, body] of [
    ['no list', '<a>b</a>'.repeat(20)],
    ['two lists', list(['a', 'b']) + list(['c', 'd'])],
    ['a list in which nothing is', `<set></set>${'x'.repeat(99)}`],
    ['CDATA', list(['a', '<![CDATA[</item><item>]]>'])],
    ['an item that never ends', '<set><item>a</item><item>b</set>'],
  ] as const) {
    it(`are the whole of an answer with ${what}`, () => {
      assert.deepEqual(texts(answer(body), 10), [answer(body).toString()]);
    });
  }

  it('are put together list by list', () => {
    const page = { A: [1, 2], N: 't', M: { id: 'r' } };
    assert.deepEqual(joinAnswers([page, { ...page, A: [3] }]), { ...page, A: [1, 2, 3] });
    assert.deepEqual(joinAnswers([{ A: undefined }]), { A: undefined });
  });
});
