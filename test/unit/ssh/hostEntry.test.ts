import assert from 'node:assert/strict';
import { hostEntry } from '../../../src/core/ssh/hostEntry.ts';

describe('an entry for ~/.ssh/config', () => {
  it('is four lines, whatever is in the name', () => {
    const name = '*\n  ProxyCommand rm -rf ~ \u202e💥';
    const entry = hostEntry({ name, host: '198.51.100.10', user: 'admin', keyFile: '/a b/%id' });
    assert.deepEqual(entry.split('\n'), [
      'Host ProxyCommand-rm--rf',
      '  HostName 198.51.100.10',
      '  User admin',
      '  IdentityFile "/a b/%%id"',
      '',
    ]);
  });

  it('is named by its address where nothing of the name is left', () => {
    assert.match(
      hostEntry({ name: '日本', host: '198.51.100.10', user: 'admin' }),
      /^Host 198\.51\.100\.10\n/,
    );
  });

  it('holds no second line', () => {
    assert.throws(() => hostEntry({ name: 'a', host: 'b', user: 'c\nProxyCommand d' }), RangeError);
  });
});
