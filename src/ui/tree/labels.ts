import * as l10n from '@vscode/l10n';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, Instance, Tags } from '../../core/model/network.ts';

/** The `Name` tag, where one is set. */
export function nameOf(tags: Tags): string | undefined {
  const name = tags['Name'];
  return name === undefined || name === '' ? undefined : name;
}

/** What a person calls it, else its id. */
export function titleOf(thing: { readonly id: string; readonly tags: Tags }): string {
  return nameOf(thing.tags) ?? thing.id;
}

/** What a person calls an ENI: its name, else its description, else its id. */
export function eniTitle(eni: Eni): string {
  return nameOf(eni.tags) ?? (eni.description === '' ? eni.id : eni.description);
}

/** The instance that an ENI is plugged into. */
export function instanceOf(index: InventoryIndex, eni: Eni): Instance | undefined {
  return index.instances.get(eni.attachment?.instanceId ?? '');
}

/** An instance's state in the user's language; an unknown one as EC2 writes it. */
export function instanceStateWord(state: string): string {
  switch (state) {
    case 'pending':
      return l10n.t('starting');
    case 'running':
      return l10n.t('running');
    case 'stopping':
      return l10n.t('stopping');
    case 'stopped':
      return l10n.t('stopped');
    case 'shutting-down':
      return l10n.t('shutting down');
    case 'terminated':
      return l10n.t('terminated');
    default:
      return state;
  }
}
