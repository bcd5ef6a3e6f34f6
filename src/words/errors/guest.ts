import * as l10n from '@vscode/l10n';
import type { GuestErrors } from '../../core/guest/errors.ts';
import { faultText } from './faultText.ts';
import type { Sentences } from './sentences.ts';

/** Why a guest's configuration is left as it is, and what to do. */
export const guestSentences: Sentences<GuestErrors> = {
  'guest.unsupportedManager': ({ interface: name, manager }) =>
    manager === 'unknown'
      ? l10n.t(
          'Nothing on the guest says that it manages {0}: no network manager that this extension knows is running there whole. Add the addresses there by hand.',
          name,
        )
      : l10n.t(
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
  'guest.isBridge': ({ interface: name }) =>
    l10n.t('{0} is a bridge or a bond of the guest. Add its addresses and its routing there by hand.', name),
  'guest.ownFileForeign': ({ path }) =>
    l10n.t(
      '{0} has the name of this extension’s own file and holds something else. Move it away, and try again. Nothing was changed.',
      path,
    ),
  'guest.candidateRefused': ({ path, output }) =>
    l10n.t('The guest itself refuses the new {0}, so it was not put in place: {1}', path, output.trim()),
  'guest.addressNotUp': ({ address, interface: name, output }) =>
    l10n.t('{0} could not be brought up on {1}, so nothing was kept: {2}', address, name, output.trim()),
  'guest.addressNotDown': ({ address, interface: name, output }) =>
    l10n.t('{0} could not be taken down on {1}, so nothing was changed: {2}', address, name, output.trim()),
  'guest.ruleMissing': ({ address, interface: name, output }) =>
    l10n.t(
      'Answers from {0} would not leave by {1}: its network manager did not take the routing rule, so nothing was kept. {2}',
      address,
      name,
      output.trim(),
    ),
  'guest.sharedUnit': ({ unit, interfaces }) =>
    l10n.t(
      '{0} is in force for {1} together, so each would take the addresses. Configure the further network interfaces first: each gets a unit of its own.',
      unit,
      interfaces.join(', '),
    ),
  'guest.mapped': ({ path, line, pattern, name, interface: nic }) =>
    l10n.t(
      'The mapping “{2}” in line {1} of {0} also takes in {3}, so that address would not come up at the next boot. Name {4} alone there, and try again. Nothing was changed.',
      path,
      line,
      pattern,
      name,
      nic,
    ),
  'guest.noDirectory': ({ path, interface: name }) =>
    l10n.t(
      '{0} includes no directory, and {1} needs a file of its own there for its routing. Add the line “source-directory /etc/network/interfaces.d”, make that directory, and try again. Nothing was changed.',
      path,
      name,
    ),
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
  'guest.takenBack': ({ host, reason }) =>
    l10n.t(
      '{0} could not be reached as it should after the change ({1}), so the change was taken back at once. The guest is as it was.',
      host,
      reason,
    ),
  'guest.arrivedElsewhere': ({ publicIp, expected, actual }) =>
    l10n.t(
      'A connection to {0} arrived at {2} and not at {1}, so the change was taken back. Check which address the Elastic IP belongs to.',
      publicIp,
      expected,
      actual,
    ),
  'guest.revertedByUser': ({ host }) =>
    l10n.t('The change on {0} was taken back as you asked. The guest is as it was.', host),
  'guest.busy': ({ transaction }) =>
    l10n.t(
      'Another change of this guest ({0}) still waits to be confirmed. It ends by itself; try again in a minute.',
      transaction,
    ),
  'guest.recovered': ({ transaction }) =>
    l10n.t(
      'An earlier change of this guest ({0}) had been cut off and was taken back first. Configure the guest again: what it holds now is different.',
      transaction,
    ),
  'guest.notArmed': () =>
    l10n.t(
      'The guest has neither systemd-run nor anything else that could take the change back by itself, so nothing was changed.',
    ),
  'guest.nothingToRevert': ({ host }) =>
    l10n.t('{0} holds no change of this extension that could be taken back.', host),
};
