import * as l10n from '@vscode/l10n';

/** What the core calls its operations on guests; the log has them in English. */
const words: Readonly<Record<string, () => string>> = {
  'read which boot this is': () => l10n.t('read which boot this is'),
  'read the network configuration': () => l10n.t('read the network configuration'),
  'prepare the network change': () => l10n.t('prepare the network change'),
  'confirm the network change': () => l10n.t('confirm the network change'),
  'take the network change back': () => l10n.t('take the network change back'),
  'look for a confirmed network change': () => l10n.t('look for a confirmed network change'),
  'look for the last network change': () => l10n.t('look for the last network change'),
  'see whether the guest is still there': () => l10n.t('see whether the guest is still there'),
  'ask the address echo': () => l10n.t('ask the address echo'),
  'echo addresses': () => l10n.t('echo addresses'),
  'connect to port 25': () => l10n.t('connect to port 25'),
  'listen on the private addresses': () => l10n.t('listen on the private addresses'),
  'look who is connected': () => l10n.t('look who is connected'),
  'ask Postfix for its names': () => l10n.t('ask Postfix for its names'),
  'read what runs': () => l10n.t('read what runs'),
  'read the counters': () => l10n.t('read the counters'),
  'watch for connections': () => l10n.t('watch for connections'),
  'look where the connection comes from': () => l10n.t('look where the connection comes from'),
  'look where the connection arrived': () => l10n.t('look where the connection arrived'),
  'ask for a sign of life': () => l10n.t('ask for a sign of life'),
};

/** The words for an operation on a guest in the user's language; one that has none is shown as the core wrote it. */
export function operationWords(name: string): string {
  return words[name]?.() ?? name;
}
