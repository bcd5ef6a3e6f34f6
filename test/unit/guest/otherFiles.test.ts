import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addToHook, addressesInHook, removeFromHook } from '../../../src/core/guest/ifupdown2/hook.ts';
import { markedAddresses } from '../../../src/core/guest/markers.ts';
import { addToYaml, addressesInYaml, removeFromYaml } from '../../../src/core/guest/netplan/yaml.ts';
import {
  addToKeyfile,
  isInKeyfile,
  removeFromKeyfile,
  takesAddresses,
} from '../../../src/core/guest/networkManager/keyfile.ts';
import { appendAddress, removeAddresses } from '../../../src/core/guest/networkd/dropIn.ts';
import { anyText } from './ifupdown/interfacesText.ts';
import { dropInText, keyfileText, textOf, yamlText } from './otherText.ts';

const instanceId = 'i-0123456789abcdef0';
const ours = ['192.168.1.101', '192.168.1.102', '192.168.1.10'] as const;
const runs = { numRuns: 2000 };

/** How the text of one manager's files is changed. */
interface Form {
  readonly name: string;
  readonly texts: fc.Arbitrary<string>;
  /** Absent where the text takes no addresses. */
  readonly add: (text: string, address: string) => string | undefined;
  readonly remove: (text: string, addresses: readonly string[]) => string;
  readonly held: (text: string) => readonly string[];
}

const addressesOf = (found: readonly { readonly address: string }[]) => found.map(({ address }) => address);

const forms: readonly Form[] = [
  {
    name: 'a drop-in of networkd',
    texts: fc.oneof(dropInText, anyText),
    add: (text, address) => appendAddress(text, address, instanceId),
    remove: removeAddresses,
    held: (text) => addressesOf(markedAddresses(text)),
  },
  {
    name: 'a profile of NetworkManager',
    texts: fc.oneof(keyfileText, anyText),
    add: (text, address) => (takesAddresses(text) ? addToKeyfile(text, address, instanceId) : undefined),
    remove: removeFromKeyfile,
    held: (text) => addressesOf(markedAddresses(text)),
  },
  {
    name: 'our file of netplan',
    texts: fc.oneof(yamlText, fc.constant(''), anyText),
    add: (text, address) => addToYaml(text, 'eth0', address, instanceId),
    remove: (text, addresses) => removeFromYaml(text, 'eth0', addresses),
    held: (text) => addressesOf(addressesInYaml(text, 'eth0')),
  },
  {
    name: 'our hook of ifupdown2',
    // What lacks its last line end gets it.
    texts: textOf('#!/bin/sh', 'true', '# note', 'ip link set eth0 mtu 9001', '').map((text) =>
      text === '' ? text : `${text}\n`,
    ),
    add: (text, address) => addToHook(text, 'eth0', { address, prefixLength: 32 }, instanceId),
    remove: removeFromHook,
    held: (text) => addressesOf(addressesInHook(text, 'eth0')),
  },
];

for (const { name, texts, add, remove, held } of forms) {
  describe(name, () => {
    const orders = fc.shuffledSubarray([...ours]);
    const all = (text: string, addresses: readonly string[]) =>
      addresses.reduce<string | undefined>((on, one) => (on === undefined ? on : add(on, one)), text);

    it('holds what was put in, and is what it was before once that has gone, in any order', () => {
      fc.assert(
        fc.property(texts, orders, orders, (text, added, removed) => {
          const now = all(text, added);
          fc.pre(now !== undefined);
          assert.deepEqual([...held(now)].sort(), [...added].sort());
          const left = added.filter((address) => !removed.includes(address));
          const rest = remove(now, removed);
          assert.deepEqual([...held(rest)].sort(), [...left].sort());
          assert.equal(remove(rest, left), text);
          assert.equal(
            left.reduce((on, address) => remove(on, [address]), rest),
            text,
          );
        }),
        runs,
      );
    });

    it('loses nothing of what was there, byte for byte', () => {
      fc.assert(
        fc.property(texts, orders, (text, added) => {
          const now = all(text, added);
          fc.pre(now !== undefined && text !== '');
          const [before, after] = [linesIn(text), linesIn(now)];
          let at = 0;
          for (const line of after) if (line === before[at]) at += 1;
          assert.equal(at, before.length);
        }),
        runs,
      );
    });
  });
}

describe('what somebody wrote below ours', () => {
  it('stays in a drop-in, where nothing parts it', () => {
    const own = appendAddress('', ours[0], instanceId);
    const theirs = '[Address]\nAddress=10.0.0.1/24\n';
    assert.equal(removeAddresses(own + theirs, ours), theirs);
  });

  it('stays in a profile and in a hook, where our own line has gone', () => {
    const profile = `[ipv4]\n# EC2 Multi-IP: secondary address ${ours[0]} of i-1\naddress1=10.0.0.1/24\n`;
    assert.equal(removeFromKeyfile(profile, ours), '[ipv4]\naddress1=10.0.0.1/24\n');
    const hook = `#!/bin/sh\n# EC2 Multi-IP: secondary address ${ours[0]} of i-1\nexit 0\n`;
    assert.equal(removeFromHook(hook, ours), '#!/bin/sh\nexit 0\n');
  });

  it('is counted in every section of a profile that NetworkManager takes for one', () => {
    const text = '[ipv4]\nmethod=auto\n[ipv6]\naddress9=fe80::1\n[ipv4]\naddress4=192.168.1.102/24\n';
    assert.ok(isInKeyfile(text, '192.168.1.102'));
    assert.match(addToKeyfile(text, ours[0], instanceId), /^\[ipv4\]\n#.*\naddress5=192\.168\.1\.101\/32\n/);
  });

  it('is not taken for the hook’s line of another interface', () => {
    const hook = addToHook('', 'eth10', { address: ours[0], prefixLength: 32 }, instanceId);
    assert.deepEqual(addressesInHook(hook, 'eth1'), []);
  });
});

/** The lines of a text without their ends: what ends the last one may be put there. */
function linesIn(text: string): string[] {
  return text
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\r+$/, ''));
}
