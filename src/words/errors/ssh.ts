import * as l10n from '@vscode/l10n';
import type { SshErrors } from '../../core/ssh/errors.ts';
import { operationWords } from './operation.ts';
import type { Sentences } from './sentences.ts';

/** Why a guest cannot be reached over SSH, and what to do. */
export const sshSentences: Sentences<SshErrors> = {
  'ssh.keyMissing': ({ path }) =>
    l10n.t('The key file {0} is not there. Choose the private key that belongs to the key pair.', path),
  'ssh.keyUnreadable': ({ path, reason }) =>
    l10n.t('The key file {0} cannot be read ({1}). Check its permissions.', path, reason),
  'ssh.keyUnwritable': ({ path, reason }) =>
    l10n.t(
      'The new key could not be written to {0} ({1}). Check the permissions of that folder.',
      path,
      reason,
    ),
  'ssh.keyEncrypted': ({ path }) =>
    l10n.t('The key file {0} is encrypted. Give its passphrase, or load it into ssh-agent.', path),
  'ssh.keyWrongPassphrase': ({ path }) =>
    l10n.t('That is not the passphrase of the key file {0}. Try again.', path),
  'ssh.keyInvalid': ({ path }) =>
    l10n.t(
      '{0} is not a private key that SSH can use. Choose the private key, not the .pub file beside it.',
      path,
    ),
  'ssh.hostKeyChanged': ({ host, expected, actual, knownAt }) =>
    l10n.t(
      'The host key of {0} is not the one seen before: {1} then, {2} now. Someone may be in between. If the instance was replaced, remove its line from {3} and connect again.',
      host,
      expected,
      actual,
      knownAt,
    ),
  'ssh.hostKeyRejected': ({ host, fingerprint }) =>
    l10n.t('The host key {1} of {0} was not accepted, so nothing was sent to it.', host, fingerprint),
  'ssh.hostKeyRevoked': ({ host, fingerprint, knownAt }) =>
    l10n.t(
      'The host key {1} of {0} is marked as revoked in {2}, so nothing was sent to it. Replace the host key of the instance, or the instance.',
      host,
      fingerprint,
      knownAt,
    ),
  'ssh.hostAuthorityRevoked': ({ host, fingerprint, knownAt }) =>
    l10n.t(
      'The certificate of {0} is signed by the key {1}, which is marked as revoked in {2}, so nothing was sent to it. Have its host key signed by an authority that is still trusted.',
      host,
      fingerprint,
      knownAt,
    ),
  'ssh.hostKeyNotPrinted': ({ host, actual, printed }) =>
    l10n.t(
      'The host key {1} of {0} is not one that the instance printed to its console ({2}). Someone may be in between: nothing was sent. If its host keys were made anew since it booted, reboot it and try again.',
      host,
      actual,
      printed.join(', '),
    ),
  'ssh.noAnswer': ({ host, port, seconds }) =>
    l10n.t(
      '{0} port {1} does not answer within {2} s. Check that the instance runs, that its security group opens the port to you, and that the route to the internet gateway is there.',
      host,
      port,
      seconds,
    ),
  'ssh.refused': ({ host, port }) =>
    l10n.t(
      '{0} refuses connections to port {1}. Check that sshd runs there; it may still be starting.',
      host,
      port,
    ),
  'ssh.loginRefused': ({ host, user }) =>
    l10n.t(
      '{0} refuses the login as {1} with these keys. Check the user name of the image and the private key of the key pair.',
      host,
      user,
    ),
  'ssh.securityKey': ({ host, user, key }) =>
    l10n.t(
      '{0} refuses the login as {1}, and {2} is on a security key (FIDO), which cannot be used from here. Check the user name of the image, and add another key of yours to its authorized_keys.',
      host,
      user,
      key,
    ),
  'ssh.tooManyKeys': ({ host, user, tried }) =>
    l10n.t(
      '{0} ended the login as {1} after {2} keys. Choose the private key of the key pair, or name it in ~/.ssh/config with IdentityFile and IdentitiesOnly.',
      host,
      user,
      tried,
    ),
  'ssh.jumpFailed': ({ bastion, host, port, reason }) =>
    l10n.t(
      'The bastion {0} does not get to {1} port {2}: {3}. Check that it is the right one, and that it may connect there.',
      bastion,
      host,
      port,
      reason,
    ),
  'ssh.proxyCommand': ({ host }) =>
    l10n.t(
      'The ProxyCommand that ~/.ssh/config has for {0} is not supported: it is connected to directly. Name a bastion with ProxyJump instead, or allow SSH from here.',
      host,
    ),
  'ssh.configInvalid': ({ path, line, text }) =>
    l10n.t('{0} line {1} is not understood and was passed over: {2}', path, line, text),
  'ssh.protocol': ({ host, port, reason }) =>
    l10n.t('What answers at {0} port {1} does not speak SSH as needed: {2}', host, port, reason),
  'ssh.unknownHost': ({ host }) =>
    l10n.t('The name {0} cannot be resolved. Check it, or use the address.', host),
  'ssh.connectionLost': ({ host }) =>
    l10n.t('The connection to {0} was lost. Check that the instance still runs, and try again.', host),
  'ssh.commandFailed': ({ operation, exitCode, stderr }) =>
    l10n.t(
      'The guest could not {0} (exit code {1}): {2}',
      operationWords(operation),
      exitCode,
      stderr.trim(),
    ),
  'ssh.sudoNeedsPassword': ({ host, user }) =>
    l10n.t(
      'On {0}, sudo asks {1} for a password, and none was given. Give it, log in as root, or allow {1} to use sudo without one (NOPASSWD).',
      host,
      user,
    ),
  'ssh.sudoWrongPassword': ({ host, user }) =>
    l10n.t('On {0}, sudo does not take the password of {1}. Nothing was changed; try again.', host, user),
  'ssh.sudoRefused': ({ host, user, reason }) =>
    l10n.t('On {0}, {1} cannot become root: {2}. Log in as a user who can.', host, user, reason.trim()),
};
