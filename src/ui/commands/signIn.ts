import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { signalOf } from '../cancellation.ts';
import { withoutLinks } from '../plainText.ts';
import type { Services } from '../services.ts';

/** Registers the command that signs in with the SSO of the profile in use. */
export function registerSignIn({ boundary, clouds }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.signIn', async () => {
    const profile = clouds.profile || (process.env['AWS_PROFILE'] ?? 'default');
    const { signIn } = await import('../../core/aws/sso.ts');
    const title = withoutLinks(l10n.t('Signing in with “{0}”', profile));
    const location = vscode.ProgressLocation.Notification;
    await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) =>
      signIn(profile, {
        signal: signalOf(token),
        show: ({ code, url }) => {
          progress.report({ message: withoutLinks(l10n.t('Confirm the code {0} in the browser', code)) });
          // Not awaited: VS Code may ask first whether to open it, and the code is confirmed elsewhere too.
          void vscode.env.openExternal(vscode.Uri.parse(url, true));
        },
      }),
    );
    await clouds.refresh();
  });
}
