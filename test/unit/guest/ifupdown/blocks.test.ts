import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendBlock, removeBlocks } from '../../../../src/core/guest/ifupdown/blocks.ts';
import type { Block } from '../../../../src/core/guest/ifupdown/blocks.ts';
import { readInterfaces } from '../../../../src/core/guest/ifupdown/statements.ts';
import { anyText, interfacesText } from './interfacesText.ts';

const block: Block = {
  address: '192.168.1.101',
  prefixLength: 32,
  label: 'eth0:1',
  interface: 'eth0',
  instanceId: 'i-0123456789abcdef0',
  halves: 'both',
};
const other: Block = { ...block, address: '192.168.1.102', label: 'eth0:2' };
const unlabelled: Block = {
  address: '192.168.1.103',
  prefixLength: 32,
  interface: 'enx001122334455',
  instanceId: 'i-0',
  halves: 'both',
};

describe('our blocks in an interfaces file', () => {
  it('are removed without a trace, from anything, in any order', () => {
    const texts = fc.oneof(anyText, interfacesText);
    const orders = fc.shuffledSubarray([block, other, unlabelled]);
    fc.assert(
      fc.property(texts, orders, orders, (text, added, removed) => {
        const before = added.filter(({ address }) => !removed.some((one) => one.address === address));
        const withAll = added.reduce(appendBlock, text);
        const rest = removeBlocks(
          withAll,
          removed.map(({ address }) => address),
        );
        assert.equal(rest, before.reduce(appendBlock, text));
      }),
      { numRuns: 2000 },
    );
  });

  it('leave what stands before them as it was read', () => {
    fc.assert(
      fc.property(interfacesText, (text) => {
        const before = readInterfaces(text);
        fc.pre(before.fault === undefined);
        const after = readInterfaces(appendBlock(text, block));
        assert.equal(after.fault, undefined);
        assert.deepEqual(withoutLines(after.stanzas.slice(0, -1)), withoutLines(before.stanzas));
        assert.deepEqual(after.started, [...before.started, 'eth0:1']);
        assert.deepEqual(withoutLines(after.stanzas.slice(-1)), [
          {
            name: 'eth0:1',
            family: 'inet',
            method: 'static',
            options: [
              { name: 'address', value: '192.168.1.101' },
              { name: 'netmask', value: '32' },
            ],
          },
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  it('take on the line ends of the file', () => {
    const text = appendBlock('auto lo\r\niface lo inet loopback\r\n', block);
    assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
  });
});

function withoutLines(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'line' ? undefined : inner)));
}
