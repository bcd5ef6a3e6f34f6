import * as l10n from '@vscode/l10n';

/**
 * All that the core calls its operations on guests, in the user's language. What collects the texts to translate finds
 * them here; nothing else needs the list, so that the build leaves it out.
 */
export function allOperationWords(): readonly string[] {
  return [
    l10n.t('read which boot this is'),
    l10n.t('read the network configuration'),
    l10n.t('prepare the network change'),
    l10n.t('confirm the network change'),
    l10n.t('take the network change back'),
    l10n.t('look for a confirmed network change'),
    l10n.t('look for the last network change'),
    l10n.t('see whether the guest is still there'),
    l10n.t('ask the address echo'),
    l10n.t('echo addresses'),
    l10n.t('connect to port 25'),
    l10n.t('listen on the private addresses'),
    l10n.t('look who is connected'),
    l10n.t('ask Postfix for its names'),
    l10n.t('read what runs'),
    l10n.t('read the counters'),
    l10n.t('watch for connections'),
    l10n.t('look where the connection comes from'),
    l10n.t('look where the connection arrived'),
    l10n.t('ask for a sign of life'),
  ];
}

/** The words for an operation on a guest in the user's language; the log has them in English. */
export function operationWords(name: string): string {
  return l10n.t(name);
}
