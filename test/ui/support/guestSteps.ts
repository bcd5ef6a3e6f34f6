import assert from 'node:assert/strict';
import { webview } from '../../lab/vscode/ui/editors.ts';
import { waitForNotification } from '../../lab/vscode/ui/messages.ts';
import { pick, runCommand, waitForQuickInput } from '../../lab/vscode/ui/quickInput.ts';
import { contextMenu, view } from '../../lab/vscode/ui/tree.ts';
import { applyShownPlan } from './plan.ts';
import type { LabWindow } from './window.ts';

/** Runs a script as root in the window's only guest. */
async function inGuest({ lab }: LabWindow, script: string): Promise<string> {
  const [guest] = await lab.guests();
  const { code, stdout, stderr } = await lab.runInGuest(guest?.instanceId ?? '', script);
  assert.equal(code, 0, `${script}: ${stderr}`);
  return stdout;
}

async function fromMenu({ page, say }: LabWindow, title: string): Promise<void> {
  // Else what was opened before leaves no room to read.
  await runCommand(page, 'View: Close All Editors');
  await contextMenu(view(page, say('Network')), /ENI-01/, say(title));
}

function button({ page, say }: LabWindow, text: string) {
  return webview(page).getByRole('button', { name: say(text), exact: true });
}

/** What a person wrote by hand is offered as /32, done, and taken back to the last byte. */
export async function offerBetterForm(window: LabWindow): Promise<void> {
  const { page, say } = window;
  const look = () =>
    inGuest(
      window,
      'cat /etc/network/interfaces; ip -o -4 addr show dev eth0 | grep -o "192.168.1.101/[0-9]*"',
    );
  await inGuest(
    window,
    `cp -a /etc/network/interfaces /root/interfaces
     grep -q "$(hostname)" /etc/hosts || echo "127.0.1.1 $(hostname)" >> /etc/hosts
     printf '\\nauto eth0:1\\niface eth0:1 inet static\\naddress 192.168.1.101\\nnetmask 255.255.255.0\\n' >> /etc/network/interfaces
     ifup eth0:1`,
  );
  const byHand = await look();
  assert.match(byHand, /101\/24/);
  await fromMenu(window, 'Configure Guest OS…');
  await waitForQuickInput(page, say('Configure Guest OS'));
  await window.picture('better-form');
  await pick(page, say('Rewrite as /32'));
  await button(window, 'Apply').waitFor({ timeout: 60_000 });
  await webview(page).getByText('192.168.1.101/24 → /32').first().waitFor();
  await window.picture('better-form-plan');
  await applyShownPlan(page, 'notAsked', say);
  assert.match(await look(), / {4}address 192\.168\.1\.101\n {4}netmask 32\n(.*\n)*192\.168\.1\.101\/32\n$/);
  await fromMenu(window, 'Revert Last Guest Change…');
  await applyShownPlan(page, 'notAsked', say);
  assert.equal(await look(), byHand);
  await inGuest(window, 'ifdown eth0:1; cp -a /root/interfaces /etc/network/interfaces');
}

/** No new connection is let in while a change waits to be confirmed: a person sees the seconds, and takes it back. */
export async function revertWhileCounting(window: LabWindow): Promise<void> {
  const { page } = window;
  await inGuest(
    window,
    `printf 'table inet late {\\n chain input { type filter hook input priority 0; tcp dport 22 tcp flags & (syn | ack) == syn drop; }\\n}\\n' > /root/late.nft
     printf '#!/bin/sh\\n/usr/sbin/ifup "$@"\\ncase "$*" in *" -n "*|"-n "*) ;; *) nft -f /root/late.nft ;; esac\\n' > /usr/local/sbin/ifup
     chmod 755 /usr/local/sbin/ifup`,
  );
  await fromMenu(window, 'Configure Guest OS…');
  await button(window, 'Apply').click();
  await button(window, 'Revert Now').waitFor({ timeout: 60_000 });
  const countdown = window.say('Confirming: otherwise the guest puts itself back in {0} s', '(\\d+)');
  const secondsLeft = async () => {
    const text = await webview(page).locator('body').innerText();
    return Number(new RegExp(countdown).exec(text)?.[1]);
  };
  const first = await secondsLeft();
  assert.ok(first > 30 && first <= 60, String(first));
  // Which seconds are drawn depends on how busy the machine is; that they become fewer does not.
  while ((await secondsLeft()) >= first) await page.waitForTimeout(200);
  await window.picture('countdown');
  await button(window, 'Revert Now').click();
  const [said = ''] = window
    .say('The change on {0} was taken back as you asked. The guest is as it was.', '')
    .split('  ');
  await webview(page).getByText(said.slice(-10)).first().waitFor({ timeout: 60_000 });
  await webview(page)
    .getByRole('cell', { name: window.say('Taken back') })
    .waitFor();
  await webview(page)
    .getByText(window.say('Cancelled after {0} of {1} changes', '0', '1'))
    .waitFor();
  // It was no error, and there is nothing to undo.
  await button(window, 'Resume').waitFor();
  assert.equal(await button(window, 'Undo').count(), 0);
  await window.picture('reverted');
  await inGuest(window, 'nft delete table inet late; rm /usr/local/sbin/ifup');
  assert.doesNotMatch(await inGuest(window, 'ip -o -4 addr show dev eth0'), /192\.168\.1\.101/);
}

/**
 * What each agent looks like to whoever reads the guest. What the real ones do is the conformance suite's; here it is
 * the sentence that matters.
 */
const agents: readonly (readonly [name: string, install: string, remove: string])[] = [
  [
    'ec2-net-utils',
    'mkdir -p /etc/sysconfig/network-scripts; : > /etc/sysconfig/network-scripts/ec2net-functions',
    'rm -r /etc/sysconfig',
  ],
  [
    'amazon-ec2-net-utils',
    `printf '#!/bin/sh\\necho "Network File: /run/systemd/network/70-eth0.network"\\n' > /usr/local/sbin/networkctl; chmod 755 /usr/local/sbin/networkctl
     mkdir -p /run/systemd/netif/links; : > /run/systemd/netif/links/$(cat /sys/class/net/eth0/ifindex)`,
    'rm -r /usr/local/sbin/networkctl /run/systemd/netif',
  ],
  [
    'nm-cloud-setup',
    `printf '#!/bin/sh\\ncase "$*" in *GENERAL*) echo "100 (connected)"; echo eth0 ;; esac\\n' > /usr/local/sbin/nmcli; chmod 755 /usr/local/sbin/nmcli
     printf '[Timer]\\nOnBootSec=1h\\n[Install]\\nWantedBy=timers.target\\n' > /etc/systemd/system/nm-cloud-setup.timer
     systemctl enable --quiet nm-cloud-setup.timer`,
    'rm /usr/local/sbin/nmcli; systemctl disable --quiet nm-cloud-setup.timer; rm /etc/systemd/system/nm-cloud-setup.timer',
  ],
  [
    'cloud-init',
    `for each in 101 102; do printf 'iface eth0 inet static\\n    address 192.168.1.%s/24\\n' $each; done > /etc/network/interfaces.d/50-cloud-init`,
    'rm /etc/network/interfaces.d/50-cloud-init',
  ],
];

/** Where an agent gives the guest its addresses, nothing is written, and it is named: while it has not done so, and after. */
export async function nameAgents(window: LabWindow): Promise<void> {
  const { page, say } = window;
  const addresses = ['192.168.1.101', '192.168.1.102'];
  for (const [name, install, remove] of agents) {
    await inGuest(window, install);
    if (name !== 'cloud-init') {
      await fromMenu(window, 'Configure Guest OS…');
      const waits = say(
        '{0} on {1} configures secondary addresses by itself, but does not have {2} yet. Wait a minute and read the guest again. Nothing was written.',
        ...[name, 'eth0', addresses.join(', ')],
      );
      assert.equal((await waitForNotification(page, name)).message, waits);
      await window.picture(`agent-waits-${name}`);
      await runCommand(page, 'Notifications: Clear All Notifications');
    }
    await inGuest(window, addresses.map((each) => `ip -4 addr add ${each}/24 dev eth0`).join('\n'));
    await fromMenu(window, 'Configure Guest OS…');
    const nothing = say('Nothing to change: {0} gives the guest its secondary addresses by itself.', name);
    await webview(page).getByText(nothing).first().waitFor({ timeout: 60_000 });
    await window.picture(`agent-${name}`);
    await inGuest(
      window,
      `${addresses.map((each) => `ip addr del ${each}/24 dev eth0`).join('\n')}\n${remove}`,
    );
  }
}
