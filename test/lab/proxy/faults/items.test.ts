import { deepEqual, equal } from 'node:assert/strict';
import { cutItems } from './items.ts';

describe('cutting an answer at its items', () => {
  it('keeps nested items inside the outer one', () => {
    const body = '<a><set><item><t><item>1</item></t></item><item>2</item></set><n/></a>';
    const { head, items, tail } = cutItems(body);
    deepEqual(items, ['<item><t><item>1</item></t></item>', '<item>2</item>']);
    equal(head + items.join('') + tail, body);
  });

  it('leaves an answer without items whole', () => {
    deepEqual(cutItems('<a><set/></a>'), { head: '<a><set/></a>', items: [], tail: '' });
  });
});
