import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { kinds } from '../../lab/image/kinds.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';

const secondary = '192.168.1.101';

/** How each manager is told of the bridge, which has the MAC address of the ENI: EC2 takes packets from no other. */
const bridges: Readonly<Record<string, (mac: string) => string>> = {
  networkd: (mac) => `cd /etc/systemd/network
    printf '[NetDev]\\nName=br0\\nKind=bridge\\nMACAddress=${mac}\\n' > 10-br0.netdev
    printf '[Match]\\nName=eth0\\n[Network]\\nBridge=br0\\n' > 10-eth0.network
    printf '[Match]\\nName=br0\\n[Network]\\nDHCP=ipv4\\n' > 11-br0.network`,
  'netplan-id': (mac) => `rm -f /etc/netplan/*.yaml
    cat > /etc/netplan/50-bridge.yaml <<'END'
network:
  version: 2
  ethernets:
    eth0: {}
  bridges:
    br0: {interfaces: [eth0], macaddress: "${mac}", dhcp4: true, parameters: {stp: false}}
END
    chmod 600 /etc/netplan/50-bridge.yaml; netplan generate`,
};

for (const [kind, bridge] of Object.entries(bridges))
  describe(`a guest whose ENI is a port of a bridge, by ${kind}`, function () {
    this.timeout(120_000);
    let guest: LabGuest;
    before(async () => {
      const [image] = Object.entries(kinds).find(([, { name }]) => name === kind) ?? [];
      guest = await startLabGuest(image);
      await guest.inGuest(`${bridge(guest.setting.mac)}
      networkctl reload; networkctl reconfigure eth0; networkctl reconfigure br0`);
      while (!(await guest.inGuest('ip -4 route show default')).includes('dev br0')) await sleep(100);
    });
    after(() => guest.stop());

    it('gets its addresses on the bridge, proves them, and loses them without a trace', async () => {
      const files = 'cd /etc && find systemd/network netplan -type f -exec sha256sum {} + 2>/dev/null | sort';
      const live = "ip -o -4 addr show | awk '{print $2, $4}' | sort";
      const [filesBefore, liveBefore] = [await guest.inGuest(files), await guest.inGuest(live)];
      const [, pair] = guest.pairs;
      const through = [{ address: secondary, publicIp: pair.publicIp ?? '' }];
      const plan = await guest.operator().call('plan', { addresses: [secondary], through });
      const [change] = plan.changes;
      assert.ok(change?.kind === 'configureGuest');
      assert.equal(change.input.interface, 'br0');
      assert.deepEqual(await guest.operator().call('apply', { plan }), { roundTrips: 2 });
      assert.equal(await guest.inGuest(live), liveBefore.replace('lo ', `br0 ${secondary}/32\nlo `));
      for (const { inbound, outbound } of await guest.operator().call('proveBySsh', { pairs: guest.pairs }))
        assert.deepEqual([inbound.state, outbound.state], ['passed', 'passed']);
      assert.deepEqual((await guest.operator().call('plan', { addresses: [secondary] })).changes, []);
      const removal = await guest.operator().call('planRemoval', { addresses: [secondary] });
      await guest.operator().call('apply', { plan: removal });
      assert.equal(await guest.inGuest(live), liveBefore);
      assert.equal(await guest.inGuest(files), filesBefore);
    });
  });
