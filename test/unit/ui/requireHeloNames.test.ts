import assert from 'node:assert/strict';
import { requireHeloNames } from '../../../src/ui/validation/requireHeloNames.ts';
import { coreFailure } from '../core/coreFailure.ts';

describe('the names that a setting gives to addresses', () => {
  it('are names of hosts', () => {
    const names = { '192.168.1.100': 'mail.example.com', '192.168.1.101': 'mail2.example.com' };
    assert.deepEqual(requireHeloNames(names), names);
    assert.deepEqual(requireHeloNames({}), {});
  });

  it('are refused where they are something else, another setting of a mail server among it', () => {
    for (const name of ['mail.example.com\n-o relayhost=evil', 'mail 2', '', '日本.', 25, null]) {
      const said = typeof name === 'string' ? name : JSON.stringify(name);
      assert.throws(
        () => requireHeloNames({ '192.168.1.100': name }),
        coreFailure('probe.heloName', { name: said }),
      );
    }
    assert.throws(() => requireHeloNames('mail'), coreFailure('probe.heloName', { name: '"mail"' }));
  });
});
