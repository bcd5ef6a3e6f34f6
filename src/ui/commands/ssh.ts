import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { hostEntry } from '../../core/ssh/hostEntry.ts';
import type { CommandTargets } from '../contributions.ts';
import { requireInstance } from '../guest/access.ts';
import type { GuestLogin } from '../guest/access.ts';
import { withoutIcons } from '../plainText.ts';
import type { Services } from '../services.ts';
import { instanceOf, titleOf } from '../tree/labels.ts';
import { cloudOf } from './cloudOf.ts';
import { copy } from './copy.ts';
import { requireAddress, requireEni } from './lookUp.ts';
import { pickEni } from './pickTarget.ts';

type Target = CommandTargets['ec2MultiIp.openSsh'] | undefined;

/** How to log in to the instance of a row, and what it is called; by an address's own Elastic IP where it has one. */
async function guestOf(
  { clouds, access }: Services,
  title: string,
  target: Target,
): Promise<GuestLogin & { readonly name: string }> {
  const cloud = await cloudOf(clouds, title, target);
  const index = await cloud.inventory();
  const eni =
    target === undefined
      ? await pickEni(index, title, (candidate) => instanceOf(index, candidate)?.state === 'running')
      : requireEni(index, target.eniId);
  const login = await access.loginTo(index, eni);
  const pair = target?.kind === 'address' ? requireAddress(index, eni.id, target.address) : undefined;
  const host = pair?.address.association?.publicIp ?? login.host;
  return { ...login, host, name: titleOf(requireInstance(index, eni)) };
}

/** What `ssh` is started with; the person's own configuration goes on saying the rest. */
export function sshArguments({ host, user, keyFile, knownHosts }: GuestLogin): readonly string[] {
  const key = keyFile === undefined ? [] : ['-i', keyFile];
  // Host keys that were compared with the instance's console need no question; none of the person's own is left out.
  const known = `GlobalKnownHostsFile="${knownHosts}" /etc/ssh/ssh_known_hosts`;
  return [...key, '-o', known, '-l', user, host];
}

/** Starts a terminal. */
export type OpenTerminal = (options: vscode.TerminalOptions) => void;

function openInWindow(options: vscode.TerminalOptions): void {
  vscode.window.createTerminal(options).show();
}

/** Registers the commands for those who want a shell of their own. */
export function registerSsh(
  services: Services,
  openTerminal: OpenTerminal = openInWindow,
): vscode.Disposable {
  const { boundary } = services;
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.openSsh', async (target) => {
      const guest = await guestOf(services, l10n.t('Open SSH Terminal'), target);
      const shellArgs = [...sshArguments(guest)];
      openTerminal({ name: withoutIcons(guest.name).replaceAll(/\s+/g, ' '), shellPath: 'ssh', shellArgs });
    }),
    boundary.command('ec2MultiIp.copySshConfig', async (target) => {
      await copy(hostEntry(await guestOf(services, l10n.t('Copy SSH Configuration'), target)));
    }),
  );
}
