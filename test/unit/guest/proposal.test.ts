import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isCoreError } from '../../../src/core/base/errors.ts';
import type { GuestFacts } from '../../../src/core/guest/facts.ts';
import { removeBlocks } from '../../../src/core/guest/ifupdown/blocks.ts';
import { readInterfaces } from '../../../src/core/guest/ifupdown/statements.ts';
import {
  findLeftOvers,
  isEmptyProposal,
  proposeGuestPatch,
  proposeGuestRemoval,
} from '../../../src/core/guest/proposal.ts';
import type { GuestProposal } from '../../../src/core/guest/proposal.ts';
import { after, guestWith } from './guestFacts.ts';
import { anyText, interfacesText } from './ifupdown/interfacesText.ts';

const main = '/etc/network/interfaces';
const cloudInit = '/etc/network/interfaces.d/50-cloud-init';
const dhcp = 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n';
const byHand = `${dhcp}\nauto eth0:1\niface eth0:1 inet static\naddress 192.168.1.101\nnetmask 255.255.255.0\n`;
const live = { address: '192.168.1.101', prefixLength: 32, label: 'eth0:1', dynamic: false };

function propose(facts: GuestFacts, addresses: readonly string[] = ['192.168.1.101']): GuestProposal {
  return proposeGuestPatch(facts, { mac: '02:00:00:00:00:64', addresses, instanceId: 'i-1' });
}

function text(proposal: GuestProposal, path: string): string | undefined {
  return after(proposal.files.find((file) => file.path === path));
}

/** The guest after the proposal was carried out. */
function applied(facts: GuestFacts, proposal: GuestProposal): GuestFacts {
  const changed = new Map(proposal.files.map((file) => [file.path, file]));
  const untouched = facts.files.filter(({ path }) => !changed.has(path));
  const added = [...changed].map(([path, file]) => ({
    path,
    readAs: path,
    bytes: Buffer.from(file.after ?? '', 'base64'),
  }));
  return {
    ...facts,
    files: [...untouched, ...added],
    hostnameResolves: true,
    interfaces: facts.interfaces.map((nic) => ({
      ...nic,
      addresses: [
        ...nic.addresses,
        ...proposal.bringUp.map((entry) => ({ ...entry, label: entry.label ?? nic.name, dynamic: false })),
      ],
    })),
  };
}

describe('the patch to a guest with ifupdown', () => {
  it('appends an alias to the main file, and brings it up', () => {
    const proposal = propose(guestWith({ [main]: dhcp }));
    assert.deepEqual(proposal.bringUp, [{ address: '192.168.1.101', prefixLength: 32, label: 'eth0:1' }]);
    assert.equal(
      text(proposal, main),
      `${dhcp}\n# EC2 Multi-IP: secondary address 192.168.1.101 of i-1\nauto eth0:1\niface eth0:1 inet static\n    address 192.168.1.101\n    netmask 32\n`,
    );
  });

  it('prefers a drop-in, with a name that the include takes', () => {
    const directory = '/etc/network/interfaces.d';
    for (const [include, name] of [
      ['source-directory interfaces.d', '60-ec2-multi-ip'],
      ['source /etc/network/interfaces.d/*', '60-ec2-multi-ip'],
      ['source interfaces.d/*.cfg', '60-ec2-multi-ip.cfg'],
      [
        'source-directory /run/network/interfaces.d\nsource-directory /etc/network/interfaces.d',
        '60-ec2-multi-ip',
      ],
    ] as const) {
      const facts = guestWith(
        { [main]: `${include}\n${dhcp}` },
        { directories: [directory, '/run/network/interfaces.d'] },
      );
      const proposal = propose(facts);
      assert.deepEqual(
        proposal.files.map(({ path, before }) => [path, before]),
        [[`${directory}/${name}`, null]],
        include,
      );
    }
  });

  it('writes to the main file where the include names no directory that is there', () => {
    for (const include of [
      'source interfaces.d/*',
      'source interfaces.d/a',
      'source interfaces.d/[0-9]*.cfg',
    ]) {
      assert.equal(propose(guestWith({ [main]: `${include}\n${dhcp}` })).files[0]?.path, main, include);
    }
  });

  it('changes nothing the second time', () => {
    for (const facts of [
      guestWith({ [main]: dhcp }, { hostnameResolves: false }),
      guestWith({ [main]: `source interfaces.d/*\n${dhcp}` }, { directories: ['/etc/network/interfaces.d'] }),
      guestWith({ [main]: dhcp.trimEnd() }),
      guestWith({ [main]: dhcp.replaceAll('\n', '\r\n') }),
    ]) {
      const addresses = ['192.168.1.101', '192.168.1.102'];
      const once = propose(facts, addresses);
      assert.equal(isEmptyProposal(once), false);
      assert.deepEqual(propose(applied(facts, once), addresses).files, []);
      assert.equal(isEmptyProposal(propose(applied(facts, once), addresses)), true);
    }
  });

  it('brings up what is in the files only', () => {
    const proposal = propose(guestWith({ [main]: byHand }));
    assert.deepEqual(proposal.files, []);
    assert.deepEqual(proposal.bringUp, [{ address: '192.168.1.101', prefixLength: 24, label: 'eth0:1' }]);
  });

  it('writes down what is live only', () => {
    const proposal = propose(guestWith({ [main]: dhcp }, { live: [{ ...live, label: 'eth0' }] }));
    assert.deepEqual(proposal.bringUp, []);
    assert.match(text(proposal, main) ?? '', /address 192\.168\.1\.101\n/);
  });

  it('leaves the leased primary address alone', () => {
    assert.equal(isEmptyProposal(propose(guestWith({ [main]: dhcp }), ['192.168.1.100'])), true);
  });

  it('gives several addresses a label each, and one address once', () => {
    const proposal = propose(guestWith({ [main]: dhcp }), [
      '192.168.1.101',
      '192.168.1.102',
      '192.168.1.101',
    ]);
    assert.deepEqual(
      proposal.bringUp.map(({ label }) => label),
      ['eth0:1', 'eth0:2'],
    );
  });

  it('refuses what is no address, an interface that is not there, and another manager', () => {
    const facts = guestWith({ [main]: dhcp });
    assert.throws(() => propose(facts, ['192.168.1.256']), { code: 'address.invalid' });
    assert.throws(() => proposeGuestPatch(facts, { mac: '02:ff', addresses: [], instanceId: 'i-1' }), {
      code: 'guest.noInterface',
    });
    const [eth0] = facts.interfaces;
    assert.ok(eth0);
    assert.throws(
      () => propose({ ...facts, interfaces: [{ ...eth0, manager: 'unknown' }] }),
      (error) => isCoreError(error, 'guest.unsupportedManager') && error.data.manager === 'unknown',
    );
  });
});

describe('inputs that a patcher must survive', () => {
  const nothing = (facts: GuestFacts) => {
    assert.deepEqual(propose(facts).files, []);
  };
  const refused = (content: string, line: number) => {
    assert.throws(
      () => propose(guestWith({ [main]: content })),
      (error) =>
        isCoreError(error, 'guest.fileInvalid') && error.data.line === line && error.data.path === main,
    );
  };
  const appended = (content: string) => {
    const result = text(propose(guestWith({ [main]: content })), main) ?? '';
    assert.equal(result.startsWith(content), true);
    assert.match(result, /auto eth0:1\r?\niface eth0:1 inet static\r?\n/);
    return result;
  };

  it('1: no final newline', () => {
    assert.match(appended(dhcp.trimEnd()), /dhcp\n# EC2/);
  });
  it('2: the last line ends in a backslash', () => {
    assert.match(appended(`${dhcp.trimEnd()} \\`), /\\\n\n# EC2/);
  });
  it('3: the last comment ends in a backslash', () => {
    appended(`${dhcp}# the end \\`);
  });
  it('4: CRLF', () => {
    assert.equal(/[^\r]\n/.test(appended(dhcp.replaceAll('\n', '\r\n'))), false);
  });
  it('5: backslash and CRLF: refused, with the line', () => {
    refused('auto lo \\\r\n  eth0\r\niface lo inet loopback\r\n', 2);
  });
  it('6: BOM, CR only and NBSP: refused', () => {
    refused(`\u00ef\u00bb\u00bf${dhcp}`, 1);
    refused(dhcp.replaceAll('\n', '\r'), 1);
    refused(`${dhcp}\u00c2\u00a0auto eth1\n`, 6);
  });
  it('7: Latin-1 and NUL bytes stay', () => {
    appended(`# caf\u00e9 \0\n${dhcp}`);
  });
  it('8: an address in a comment is not configured', () => {
    appended(`${dhcp}# address 192.168.1.101\n`);
  });
  it('9: an address in an up command is', () => {
    nothing(guestWith({ [main]: `${dhcp}  up ip addr add 192.168.1.101/32 dev $IFACE label $IFACE:0\n` }));
    nothing(guestWith({ [main]: `${dhcp}  post-up /sbin/ip -4 a add 192.168.1.101 dev eth0\n` }));
    nothing(guestWith({ [main]: `${dhcp}  up ifconfig eth0:7 192.168.1.101 netmask 255.255.255.0\n` }));
    appended(
      `${dhcp}  up ip addr add 192.168.1.10/32 dev $IFACE\n  down ip addr del 192.168.1.101/32 dev $IFACE\n`,
    );
    appended(`${dhcp}  up ip rule add from 192.168.1.101 lookup 7\n`);
  });
  it('10: under another label, or in a repeated stanza', () => {
    nothing(guestWith({ [main]: byHand.replaceAll('eth0:1', 'eth0:web') }));
    nothing(guestWith({ [main]: `${dhcp}iface eth0 inet static\n  address 192.168.1.101/24\n` }));
  });
  it('11: in an included file, at any depth', () => {
    const alias = byHand.slice(dhcp.length);
    nothing(guestWith({ [main]: `source interfaces.d/*\n${dhcp}`, [cloudInit]: alias }));
    nothing(
      guestWith({
        [main]: `source-directory interfaces.d\n${dhcp}`,
        '/etc/network/interfaces.d/more': 'source deep/*.conf\n',
        '/etc/network/interfaces.d/deep/a.conf': alias,
      }),
    );
    // A file that nothing includes counts for nothing.
    appended(guestWith({ [main]: dhcp, [cloudInit]: alias }).files[0]?.bytes.toString('latin1') ?? '');
  });
  it('12: a label that is taken, in a file or live', () => {
    const facts = guestWith(
      { [main]: byHand.replace('192.168.1.101', '192.168.1.77') },
      { live: [{ ...live, address: '192.168.1.78', label: 'eth0:2' }] },
    );
    assert.equal(propose(facts).bringUp[0]?.label, 'eth0:3');
  });
  it('13: half of an alias: only the other half is added', () => {
    const withoutAuto = propose(guestWith({ [main]: byHand.replace('auto eth0:1\n', '') }));
    assert.match(text(withoutAuto, main) ?? '', /255\.255\.255\.0\n\n# EC2[^\n]*\nauto eth0:1\n$/);
    const withoutStanza = propose(guestWith({ [main]: `${dhcp}auto eth0:1\n` }));
    assert.match(text(withoutStanza, main) ?? '', /auto eth0:1\n\n# EC2[^\n]*\niface eth0:1 inet static\n/);
  });
  it('14: the file ends with source or an open mapping', () => {
    appended(`${dhcp}source interfaces.d/*`);
    appended(`${dhcp}mapping eth0\n  script /bin/true\n`);
  });
  it('15: a fatal line anywhere: refused, with the line', () => {
    refused(`${dhcp}auto eth1\nbogus line\n${dhcp}`, 7);
  });
  it('16: a symbolic link: its target is changed', () => {
    const facts = guestWith({ [main]: dhcp });
    const [file] = facts.files;
    assert.ok(file);
    const linked = { ...facts, files: [{ ...file, path: '/srv/interfaces' }] };
    assert.deepEqual(
      propose(linked).files.map(({ path }) => path),
      ['/srv/interfaces'],
    );
  });
  it('17: live without a stanza, or a stanza without the address', () => {
    const liveOnly = propose(guestWith({ [main]: dhcp }, { live: [live] }));
    assert.deepEqual(liveOnly.bringUp, []);
    // Its label is taken by itself, so the stanza gets the next one.
    assert.match(text(liveOnly, main) ?? '', /iface eth0:2 inet static\n {4}address 192\.168\.1\.101\n/);
    const stanzaOnly = propose(guestWith({ [main]: byHand }));
    assert.deepEqual(stanzaOnly.files, []);
    assert.deepEqual(
      stanzaOnly.bringUp.map(({ address }) => address),
      ['192.168.1.101'],
    );
  });
  it('18: a long NIC name, which leaves no room for a label', () => {
    const facts = guestWith({ [main]: dhcp.replaceAll('eth0', 'enx001122334455') });
    const [eth0] = facts.interfaces;
    assert.ok(eth0);
    const long = { ...facts, interfaces: [{ ...eth0, name: 'enx001122334455' }] };
    const proposal = propose(long);
    assert.deepEqual(proposal.bringUp, [{ address: '192.168.1.101', prefixLength: 32 }]);
    assert.match(text(proposal, main) ?? '', /iface enx001122334455 inet manual\n {4}up ip addr replace/);
    assert.equal(isEmptyProposal(propose(applied(long, proposal))), true);
  });
  it('19: the file is there, but nothing says that ifupdown owns the interface', () => {
    const facts = guestWith({ [main]: byHand });
    const interfaces = facts.interfaces.map((nic) => ({ ...nic, manager: 'unknown' as const }));
    assert.throws(() => propose({ ...facts, interfaces }), { code: 'guest.unsupportedManager' });
  });
  it("20: a clone's stanza with an address that is not on this ENI: found, and gone with the same change", () => {
    const mac = '02:00:00:00:00:64';
    const old = { mac, addresses: ['192.168.1.101'], instanceId: 'i-0' };
    const clone = applied(guestWith({ [main]: dhcp }), proposeGuestPatch(guestWith({ [main]: dhcp }), old));
    const wish = { mac, addresses: ['192.168.1.102'], instanceId: 'i-1' };
    const leaving = findLeftOvers(clone, wish);
    assert.deepEqual(leaving, ['192.168.1.101']);
    const proposal = proposeGuestPatch(clone, { ...wish, leaving });
    assert.deepEqual(
      [proposal.takeDown, proposal.bringUp].map((list) => list.map(({ address }) => address)),
      [['192.168.1.101'], ['192.168.1.102']],
    );
    assert.equal(removeBlocks(text(proposal, main) ?? '', ['192.168.1.102']), dhcp);
  });

  it('any file: what ifupdown refuses is refused with its line; else the second time changes nothing', () => {
    fc.assert(
      fc.property(interfacesText, (content) => {
        const facts = guestWith({ [main]: content });
        const { fault, mappings } = readInterfaces(content);
        // Refused for another reason.
        fc.pre(fault !== undefined || !mappings.some(({ patterns }) => patterns.includes('eth0:1')));
        if (fault !== undefined) {
          refused(content, fault.line);
          return;
        }
        const once = propose(facts);
        const second = applied(facts, once);
        assert.equal(isEmptyProposal(propose(second)), true);
        for (const file of once.files) {
          assert.equal(removeBlocks(text(once, file.path) ?? '', ['192.168.1.101']), content);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('any file that ifupdown-ng reads: the second time changes nothing, and what has gone leaves no trace', () => {
    const ownWords = fc.constantFrom(
      'template base\n  mtu 9001\n',
      'iface eth0\n  use dhcp\n  inherit base\n',
      'bogus\n',
    );
    const texts = fc
      .array(fc.oneof(interfacesText, ownWords), { maxLength: 4 })
      .map((parts) => parts.join(''));
    const under = (facts: GuestFacts): GuestFacts => ({
      ...facts,
      interfaces: facts.interfaces.map((nic) => ({ ...nic, manager: 'ifupdown-ng' })),
    });
    fc.assert(
      fc.property(fc.oneof(texts, anyText), (content) => {
        const facts = under(guestWith({ [main]: content }));
        const once = propose(facts);
        const second = applied(facts, once);
        assert.equal(isEmptyProposal(propose(second)), true);
        for (const file of once.files) {
          const left = proposeGuestRemoval(second, {
            mac: '02:00:00:00:00:64',
            addresses: ['192.168.1.101'],
            instanceId: 'i-1',
          });
          assert.deepEqual(
            left.files.map(({ path, after: bytes }) => [path, bytes]),
            [[file.path, file.before]],
          );
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('/etc/hosts', () => {
  const hosts = '/etc/hosts';
  const patched = (content: string, hostname = 'ip-192-168-1-100') =>
    text(
      propose(guestWith({ [main]: byHand, [hosts]: content }, { hostname, hostnameResolves: false })),
      hosts,
    );

  it('is left alone where the hostname resolves', () => {
    assert.deepEqual(propose(guestWith({ [main]: byHand, [hosts]: '127.0.0.1 localhost\n' })).files, []);
  });
  it('gets a line', () => {
    assert.equal(patched('127.0.0.1\tlocalhost\n'), '127.0.0.1\tlocalhost\n127.0.1.1\tip-192-168-1-100\n');
    assert.equal(patched('127.0.0.1 localhost'), '127.0.0.1 localhost\n127.0.1.1\tip-192-168-1-100\n');
    assert.equal(patched('# x\r\n'), '# x\r\n127.0.1.1\tip-192-168-1-100\r\n');
  });
  it('gets both names of a full one', () => {
    assert.equal(patched('', 'mail.example.com'), '127.0.1.1\tmail.example.com mail\n');
  });
  it('gets the name on the line that is there', () => {
    assert.equal(
      patched('127.0.1.1 old # x\n::1 localhost\n'),
      '127.0.1.1 old ip-192-168-1-100 # x\n::1 localhost\n',
    );
    assert.equal(patched('#127.0.1.1 old\n'), '#127.0.1.1 old\n127.0.1.1\tip-192-168-1-100\n');
  });
  it('never gets a name twice, whatever the guest says of it', () => {
    assert.equal(patched('127.0.1.1\tip-192-168-1-100\r\n'), undefined);
    assert.equal(patched('10.0.0.1 a ip-192-168-1-100 # b\n'), undefined);
    assert.notEqual(patched('10.0.0.1 a # ip-192-168-1-100\n'), undefined);
  });
  it('never gets what is no name', () => {
    assert.equal(patched('127.0.0.1 localhost\n', 'a\n1.2.3.4 b'), undefined);
  });
});
