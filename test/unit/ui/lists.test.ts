import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePorts, portsText, words } from '../../../src/ui/commands/lists.ts';

describe('lists that a person types', () => {
  it('may be parted by commas, blanks, semicolons and Japanese commas', () => {
    assert.deepEqual(words(' 10.0.0.4, 10.0.0.5;10.0.0.6、10.0.0.7\n'), [
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
      '10.0.0.7',
    ]);
    assert.deepEqual(words(' , '), []);
  });

  for (const bad of ['0', '65536', '22-', '-22', '80-22', '22.5', 'ssh', '22, 22', '1e3', '０']) {
    it(`take ${bad} for no ports`, () => {
      assert.equal(parsePorts(bad), undefined);
    });
  }

  it('give back the ports that were written', () => {
    const port = fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }));
    fc.assert(
      fc.property(fc.uniqueArray(port, { selector: (pair) => [...pair].sort().join() }), (pairs) => {
        const ports = pairs.map(([a, b]) => ({
          protocol: 'tcp' as const,
          fromPort: Math.min(a, b),
          toPort: Math.max(a, b),
          source: '0.0.0.0/0',
        }));
        assert.deepEqual(parsePorts(portsText(ports)), ports);
      }),
    );
  });
});
