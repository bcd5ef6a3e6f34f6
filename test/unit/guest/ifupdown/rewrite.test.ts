import assert from 'node:assert/strict';
import fc from 'fast-check';
import { removeBlocks } from '../../../../src/core/guest/ifupdown/blocks.ts';
import { findByHand } from '../../../../src/core/guest/ifupdown/byHand.ts';
import { rewriteStanza } from '../../../../src/core/guest/ifupdown/rewrite.ts';
import { readInterfaces } from '../../../../src/core/guest/ifupdown/statements.ts';
import { proposeGuestPatch } from '../../../../src/core/guest/proposal.ts';
import { after, guestWith } from '../guestFacts.ts';
import { byHandText, entry } from './byHandText.ts';

const main = '/etc/network/interfaces';
const wish = { mac: '02:00:00:00:00:64', addresses: ['192.168.1.101'], instanceId: 'i-1' };
const dhcp = 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n';
const byHand = `${dhcp}\nauto eth0:1\niface eth0:1 inet static\naddress 192.168.1.101\nnetmask 255.255.255.0\n`;
const ours = `# EC2 Multi-IP: secondary address 192.168.1.101 of i-1\nauto eth0:1\niface eth0:1 inet static\n    address 192.168.1.101\n    netmask 32\n`;
const broad = { address: '192.168.1.101', prefixLength: 24, label: 'eth0:1', dynamic: false };

function others(text: string) {
  const { stanzas, started, includes, fault } = readInterfaces(text);
  const rest = stanzas.filter(({ name }) => name !== entry.label);
  return JSON.parse(
    JSON.stringify({ rest, started: [...new Set(started)].sort(), includes, fault }, (key, value: unknown) =>
      key === 'line' ? undefined : value,
    ),
  ) as unknown;
}

describe('a stanza by hand, rewritten as our block', () => {
  it('keeps what everything else says, in whatever it stands, and is then removed without a trace', () => {
    let rewritten = 0;
    fc.assert(
      fc.property(byHandText, (text) => {
        const result = rewriteStanza(text, entry, false);
        if (result === undefined) return;
        rewritten += 1;
        assert.deepEqual(others(result), others(text));
        const [stanza, ...more] = readInterfaces(result).stanzas.filter(({ name }) => name === entry.label);
        assert.deepEqual(more, []);
        assert.deepEqual(
          stanza?.options.map(({ name, value }) => [name, value]),
          [
            ['address', entry.address],
            ['netmask', '32'],
          ],
        );
        assert.ok(readInterfaces(result).started.includes(entry.label));
        // What is left is what was there, less the stanza: each line that remains, in its order.
        const rest = removeBlocks(result, [entry.address]);
        const left = readInterfaces(rest);
        assert.equal(
          left.stanzas.some(({ name }) => name === entry.label),
          false,
        );
        assert.deepEqual(
          left.stanzas.map(({ name }) => name),
          readInterfaces(text).stanzas.flatMap(({ name }) => (name === entry.label ? [] : [name])),
        );
        assert.equal(rewriteStanza(result, entry, false), undefined);
      }),
      { numRuns: 2000 },
    );
    assert.ok(rewritten > 500, String(rewritten));
  });

  it('stands where it stood, with its comments, and no word of other lines is lost', () => {
    const text = `auto lo eth0:1 eth0\niface lo inet loopback\n# the mail's\niface eth0:1 inet static\n  # inside\n  address 192.168.1.101\n  netmask 255.255.255.0\n  broadcast 192.168.1.255\n# behind\nallow-hotplug eth0\niface eth0 inet dhcp\n`;
    assert.equal(
      rewriteStanza(text, { ...entry, label: 'eth0:1', interface: 'eth0', address: '192.168.1.101' }, false),
      `auto lo eth0\niface lo inet loopback\n# the mail's\n  # inside\n\n${ours}# behind\nallow-hotplug eth0\niface eth0 inet dhcp\n`,
    );
  });

  it('is parted from what stands before by one blank line, and never drawn into a line that goes on', () => {
    const byHandAlone = byHand.slice(dhcp.length).trimStart();
    for (const [before, expected] of [
      [dhcp, `${dhcp}\n`],
      [`${dhcp}\n`, `${dhcp}\n`],
      [`${dhcp}\n\n`, `${dhcp}\n\n`],
      [`${dhcp}\r\n`, `${dhcp}\n`],
      [`${dhcp}# ends in \\\n\n`, `${dhcp}# ends in \\\n\n\n\n`],
    ] as const) {
      const facts = guestWith({ [main]: before + byHandAlone });
      const proposal = findByHand(facts, wish)?.rewrite(proposeGuestPatch(facts, wish));
      assert.equal(after(proposal?.files[0]), `${expected}${ours}`, JSON.stringify(before));
    }
  });

  it('is offered by itself, comes with the other mask at run time, and is then not offered again', () => {
    const facts = guestWith({ [main]: byHand }, { live: [broad] });
    const before = proposeGuestPatch(facts, wish);
    assert.deepEqual(before.files, []);
    const found = findByHand(facts, wish);
    assert.ok(found);
    assert.deepEqual(found.addresses, wish.addresses);
    const proposal = found.rewrite(before);
    assert.equal(after(proposal.files[0]), `${dhcp}\n${ours}`);
    assert.deepEqual(proposal.takeDown, [{ address: '192.168.1.101', prefixLength: 24, label: 'eth0:1' }]);
    assert.deepEqual(proposal.bringUp, [{ address: '192.168.1.101', prefixLength: 32, label: 'eth0:1' }]);
    assert.equal(findByHand(guestWith({ [main]: `${dhcp}\n${ours}` }), wish), undefined);
  });

  it('goes with what the guest needs besides, in the same file', () => {
    const facts = guestWith({ [main]: byHand });
    const both = { ...wish, addresses: ['192.168.1.101', '192.168.1.102'] };
    const proposal = findByHand(facts, both)?.rewrite(proposeGuestPatch(facts, both));
    assert.deepEqual(
      proposal?.bringUp.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
      ['192.168.1.102/32', '192.168.1.101/32'],
    );
    assert.equal(proposal.files.length, 1);
    const text = after(proposal.files[0]) ?? '';
    assert.ok(text.startsWith(`${dhcp}\n${ours}`), text);
    assert.match(text, /of i-1\nauto eth0:2\niface eth0:2 inet static\n {4}address 192\.168\.1\.102\n/);
  });

  it('is not offered where the stanza says more, others hang on it, or the file is not the user’s', () => {
    for (const [path, text] of [
      [main, byHand.replace('netmask', 'up iptables -A INPUT -j ACCEPT\nnetmask')],
      [main, byHand.replace('netmask', 'gateway 192.168.1.1\nnetmask')],
      [main, `${byHand}iface eth0:1 inet6 manual\n`],
      [main, `${byHand}iface eth0:2 inet static inherits eth0:1\n  address 192.168.1.102\n`],
      [main, byHand.replace('auto eth0:1\n', '')],
      [main, byHand.replace('netmask 255.255.255.0', 'netmask 32')],
      [main, byHand.replaceAll('eth0:1', 'eth0')],
      [main, `${byHand}iface broken inet nonsense\n`],
      ['/etc/network/interfaces.d/50-cloud-init', byHand],
    ] as const) {
      const files = path === main ? { [main]: text } : { [main]: 'source interfaces.d/*\n', [path]: text };
      assert.equal(findByHand(guestWith(files), wish), undefined, text);
    }
  });
});
