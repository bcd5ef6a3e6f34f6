import * as l10n from '@vscode/l10n';
import type { Layer } from '../core/diagnose/layers.ts';

/** What a layer of the validation matrix is called; short, for it heads a column. */
export function layerName(layer: Layer): string {
  switch (layer) {
    case 'gateway':
      return l10n.t('Internet gateway');
    case 'association':
      return l10n.t('EC2 pairing');
    case 'route':
      return l10n.t('Route');
    case 'networkAcl':
      return l10n.t('Network ACL');
    case 'securityGroup':
      return l10n.t('Security group');
    case 'instance':
      return l10n.t('Instance');
    case 'address':
      return l10n.t('In the OS');
    case 'onDisk':
      return l10n.t('On disk');
    case 'hostFirewall':
      return l10n.t('Host firewall');
    case 'wayBack':
      return l10n.t('Way back');
    case 'inbound':
      return l10n.t('From outside');
    case 'outbound':
      return l10n.t('To the outside');
  }
}
