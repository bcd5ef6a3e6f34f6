import assert from 'node:assert/strict';
import type { FaultReason } from '../../../../src/core/guest/ifupdown/faults.ts';
import { readInterfaces } from '../../../../src/core/guest/ifupdown/statements.ts';

const eth0 = 'auto eth0\niface eth0 inet dhcp\n';

describe('what ifupdown refuses', () => {
  const cases: readonly (readonly [string, number, FaultReason])[] = [
    ['address 192.168.1.101\n', 1, 'misplacedOption'],
    [`${eth0}auto x\naddress 192.168.1.101\n`, 4, 'misplacedOption'],
    [`${eth0}source x\naddress 192.168.1.101\n`, 4, 'misplacedOption'],
    ['mapping eth0\n  address 1.2.3.4\n', 2, 'misplacedOption'],
    ['mapping eth0\n  script a\n  script b\n', 3, 'duplicateScript'],
    [`${eth0}  netmask\n`, 3, 'emptyOption'],
    ['iface\n', 1, 'missingInterface'],
    ['iface eth0 ethernet dhcp\n', 1, 'unknownFamily'],
    ['iface eth0\n', 1, 'unknownFamily'],
    ['iface eth0 inet dhpc\n', 1, 'unknownMethod'],
    ['iface eth0 inet\n', 1, 'unknownMethod'],
    ['iface eth0 inherits\n', 1, 'missingInherits'],
    ['iface eth1 inet inherits eth0\n', 1, 'unknownInherits'],
    ['\u00ef\u00bb\u00bfauto eth0\n', 1, 'byteOrderMark'],
    ['auto lo\n\u00c2\u00a0iface eth0 inet dhcp\n', 2, 'noBreakSpace'],
    ['auto a \\\r\n  b\r\n', 2, 'brokenContinuation'],
    ['auto eth0\riface eth0 inet dhcp\r', 1, 'carriageReturns'],
  ];
  for (const [text, line, reason] of cases) {
    it(`${JSON.stringify(text)}: ${reason} in line ${line}`, () => {
      const { fault } = readInterfaces(text);
      assert.equal(fault?.reason, reason);
      assert.equal(fault.line, line);
    });
  }

  it('says the line as it stands', () => {
    assert.equal(readInterfaces(`${eth0}\n  adress\n`).fault?.text, 'adress');
  });
});

describe('what ifupdown reads', () => {
  it('accepts CRLF, Latin-1 comments, extra words and an empty file', () => {
    for (const text of [
      '',
      eth0.replaceAll('\n', '\r\n'),
      `# caf\u00e9\n${eth0}`,
      'iface a inet dhcp extra\n',
    ]) {
      assert.equal(readInterfaces(text).fault, undefined, JSON.stringify(text));
    }
  });

  it('keeps a stanza open over blank lines, comments and a bare auto', () => {
    const { stanzas, started } = readInterfaces('iface eth0 inet static\n\n# x\nauto\naddress 1.2.3.4\n');
    assert.deepEqual(stanzas[0]?.options, [{ name: 'address', value: '1.2.3.4', line: 5 }]);
    assert.deepEqual(started, ['eth0']);
  });

  it('takes inherits of a stanza that stands before', () => {
    assert.equal(readInterfaces(`${eth0}iface eth1 inet dhcp inherits eth0\n`).fault, undefined);
    assert.equal(readInterfaces(`${eth0}iface eth1 inherits eth0\n`).fault, undefined);
  });

  it('reads what includes name', () => {
    const { includes } = readInterfaces('source a/* b\nsource-directory /etc/network/interfaces.d\n');
    assert.deepEqual(
      includes.map(({ kind, words }) => [kind, ...words]),
      [
        ['source', 'a/*', 'b'],
        ['source-directory', '/etc/network/interfaces.d'],
      ],
    );
  });
});
