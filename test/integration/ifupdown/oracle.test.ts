import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendBlock } from '../../../src/core/guest/ifupdown/blocks.ts';
import type { Block } from '../../../src/core/guest/ifupdown/blocks.ts';
import { readInterfaces } from '../../../src/core/guest/ifupdown/statements.ts';
import { interfacesText } from '../../unit/guest/ifupdown/interfacesText.ts';
import { openOracle } from './oracle.ts';
import type { Oracle } from './oracle.ts';

const block: Block = {
  address: '192.168.1.201',
  prefixLength: 32,
  label: 'eth7:1',
  interface: 'eth7',
  instanceId: 'i-1',
  halves: 'both',
};

describe('beside the real ifupdown', function () {
  this.timeout(120_000);
  let oracle: Oracle;
  before(async () => {
    oracle = await openOracle();
  });
  after(() => oracle.remove());

  it('we refuse what it refuses, in the same line, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(interfacesText, async (text) => {
        const { refusedLine } = await oracle.ask(text, []);
        const { fault } = readInterfaces(text);
        assert.equal(fault?.line, refusedLine, JSON.stringify(fault));
      }),
      { numRuns: 400 },
    );
  });

  it('our block changes its answer for no other interface, and adds just the address', async () => {
    await fc.assert(
      fc.asyncProperty(interfacesText, async (text) => {
        const read = readInterfaces(text);
        fc.pre(read.fault === undefined);
        const names = [...new Set(read.stanzas.map(({ name }) => name))];
        const patched = appendBlock(text, block);
        const before = await oracle.ask(text, names);
        const after = await oracle.ask(patched, names);
        assert.deepEqual(after, before);
        assert.match(
          await oracle.wouldBringUp(patched, 'eth7:1'),
          /ip addr add 192\.168\.1\.201\/32 .*label eth7:1\s/,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('a long name gets its address by a stanza that it applies beside the first', async () => {
    const nic = 'enx001122334455';
    const text = appendBlock(`auto ${nic}\niface ${nic} inet manual\n`, {
      address: block.address,
      prefixLength: 32,
      interface: nic,
      instanceId: 'i-1',
      halves: 'stanza',
    });
    assert.match(await oracle.wouldBringUp(text, nic), /ip addr replace 192\.168\.1\.201\/32 dev \$IFACE/);
  });
});
