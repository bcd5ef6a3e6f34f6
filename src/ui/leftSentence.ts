import * as l10n from '@vscode/l10n';

/** What a panel says that belongs to an account which is shown no more. */
export function leftSentence(account: string | undefined): string {
  return l10n.t(
    'This belongs to the account {0}, which is no longer shown. Choose its profile again and start over.',
    account ?? '?',
  );
}
