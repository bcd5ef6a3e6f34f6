import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendBlock } from '../../../src/core/guest/ifupdown/blocks.ts';
import type { Block } from '../../../src/core/guest/ifupdown/blocks.ts';
import { rewriteStanza } from '../../../src/core/guest/ifupdown/rewrite.ts';
import { readInterfaces } from '../../../src/core/guest/ifupdown/statements.ts';
import { mainFile, mappingOf, readTree } from '../../../src/core/guest/ifupdown/tree.ts';
import { byHandText, entry } from '../../unit/guest/ifupdown/byHandText.ts';
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
        // After a backslash at the end of the file it counts one line more than there is.
        const lines = text.match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0;
        const expected = refusedLine === undefined ? undefined : Math.min(refusedLine, lines);
        assert.equal(fault?.line, expected, JSON.stringify(fault));
      }),
      { numRuns: 400 },
    );
  });

  it('our block changes its answer for no other interface, and adds just the address', async () => {
    await fc.assert(
      fc.asyncProperty(interfacesText, async (text) => {
        const read = readInterfaces(text);
        // A `rename` without its target is found out only when something is brought up.
        fc.pre(read.fault === undefined && !/^\s*rename/m.test(text));
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

  it('a stanza by hand that becomes ours changes its answer for no other interface', async () => {
    let rewritten = 0;
    await fc.assert(
      fc.asyncProperty(byHandText, async (text) => {
        const { fault } = readInterfaces(text);
        const isRefused = fault !== undefined || /^\s*rename/m.test(text);
        const result = isRefused ? undefined : rewriteStanza(text, entry, false);
        if (result === undefined) return;
        rewritten += 1;
        const names = [...new Set(readInterfaces(text).stanzas.map(({ name }) => name))];
        const others = names.filter((name) => name !== entry.label);
        assert.deepEqual(await oracle.ask(result, others), await oracle.ask(text, others));
        assert.match(
          await oracle.wouldBringUp(result, entry.label),
          /ip addr add 192\.168\.1\.201\/32 .*label eth7:1\s/,
        );
      }),
      { numRuns: 100 },
    );
    assert.ok(rewritten > 20, String(rewritten));
  });

  it('a mapping that would take the alias for something else is found, and no other', async () => {
    const patterns = [
      'eth7',
      'eth7:1',
      'eth*',
      'eth?',
      'eth?:1',
      'eth[0-9]:*',
      'eth[!7]*',
      '*',
      'e*7',
      'lo',
      'eth7:?',
    ];
    let taken = 0;
    for (const words of patterns.flatMap((one) => [one, `lo ${one}`])) {
      // Whatever it prints is no interface.
      const mapping = `mapping ${words}\n  script /bin/pwd\n`;
      const found = mappingOf(
        readTree([{ path: mainFile, readAs: mainFile, bytes: Buffer.from(mapping) }]),
        'eth7:1',
      );
      const answer = await oracle.wouldBringUp(appendBlock(mapping, block), 'eth7:1');
      assert.equal(
        found === undefined,
        answer.includes('ip addr add 192.168.1.201/32'),
        `${words}: ${answer}`,
      );
      if (found !== undefined) taken += 1;
    }
    assert.ok(taken > 8 && taken < patterns.length * 2 - 4, String(taken));
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
