import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { GuestFacts } from '../../core/guest/facts.ts';
import { readGuest } from '../../core/guest/readGuest.ts';
import type { Instance } from '../../core/model/network.ts';
import type { OpenShell } from '../../core/ssh/shell.ts';
import { signalOf } from '../cancellation.ts';
import { withoutLinks } from '../plainText.ts';
import { titleOf } from '../tree/labels.ts';
import { openPatiently } from './patience.ts';

/** Reads a guest while a notification says so and can stop it; nothing is changed. */
export function readWithProgress(instance: Instance, open: OpenShell): Thenable<GuestFacts> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(l10n.t('Reading the network configuration of {0}', titleOf(instance))),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = signalOf(token);
      const shell = await openPatiently(open, signal, () => {
        progress.report({ message: l10n.t('no answer yet, it may still be starting') });
      });
      try {
        return await readGuest(shell, signal);
      } finally {
        shell.close();
      }
    },
  );
}
