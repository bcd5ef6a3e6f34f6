import * as l10n from '@vscode/l10n';
import type { FourWays } from '../core/diagnose/fourWays.ts';
import { dotted } from './unbroken.ts';

function yesNo(answer: boolean | undefined): string {
  if (answer === undefined) return l10n.t('not asked');
  return answer ? l10n.t('yes') : l10n.t('no');
}

function metadataText(metadata: FourWays['metadata']): string {
  if (metadata === undefined) return l10n.t('not asked');
  return metadata.publicIp ?? (metadata.held ? l10n.t('no Elastic IP') : l10n.t('no'));
}

/** What each of the four places says of an address, in one line. */
export function waysText({ ec2, metadata, live, files }: FourWays): string {
  return dotted([
    l10n.t('EC2: {0}', ec2.publicIp ?? l10n.t('no Elastic IP')),
    l10n.t('Metadata: {0}', metadataText(metadata)),
    l10n.t('Running system: {0}', yesNo(live)),
    l10n.t('Files: {0}', yesNo(files)),
  ]);
}

/** Whether the places that answered say the same. */
export function waysAgree({ ec2, metadata, live, files }: FourWays): boolean {
  const sameEip = metadata === undefined || (metadata.held && metadata.publicIp === ec2.publicIp);
  return sameEip && live !== false && files !== false;
}
