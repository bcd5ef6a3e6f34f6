import * as l10n from '@vscode/l10n';
import type { GuestErrors } from '../../core/guest/errors.ts';
import { faultText } from './faultText.ts';
import type { Sentences } from './sentences.ts';

/** Why a guest's configuration is left as it is, and what to do. */
export const guestSentences: Sentences<GuestErrors> = {
  'guest.unsupportedManager': ({ interface: name, manager }) =>
    l10n.t(
      '{0} is managed by {1}, which this extension cannot configure yet. Add the addresses there by hand.',
      name,
      manager,
    ),
  'guest.agentConfigures': ({ interface: name, agent, addresses }) =>
    l10n.t(
      '{0} on {1} configures secondary addresses by itself, but does not have {2} yet. Wait a minute and read the guest again. Nothing was written.',
      agent,
      name,
      addresses.join(', '),
    ),
  'guest.noInterface': ({ mac }) =>
    l10n.t('The guest has no interface with the MAC address {0}. Check that it is the right instance.', mac),
  'guest.fileInvalid': ({ path, line, text, reason }) =>
    l10n.t(
      '{0} has an error in line {1}, “{2}”: {3}. The guest would have no network after the next boot; fix that line first. Nothing was changed.',
      path,
      line,
      text,
      faultText(reason),
    ),
  'guest.fileChanged': ({ path }) =>
    l10n.t('{0} was changed on the guest meanwhile. Nothing was written; read it again.', path),
  'guest.fileNotWritable': ({ path, reason }) =>
    l10n.t('{0} cannot be written ({1}). Nothing was changed.', path, reason),
  'guest.candidateRefused': ({ path, output }) =>
    l10n.t('The guest itself refuses the new {0}, so it was not put in place: {1}', path, output.trim()),
  'guest.addressNotUp': ({ address, interface: name, output }) =>
    l10n.t('{0} could not be brought up on {1}, so nothing was kept: {2}', address, name, output.trim()),
  'guest.addressNotDown': ({ address, interface: name, output }) =>
    l10n.t('{0} could not be taken down on {1}, so nothing was changed: {2}', address, name, output.trim()),
  'guest.reverted': ({ host, reason }) =>
    reason === 'timer'
      ? l10n.t(
          'The change on {0} was not confirmed in time, so the guest took it back. It is as it was.',
          host,
        )
      : l10n.t(
          '{0} could not be reached again after the change ({1}), so the guest takes it back within a minute.',
          host,
          reason,
        ),
};
