import * as l10n from '@vscode/l10n';
import type { PlanErrors } from '../../core/plan/errors.ts';
import type { Sentences } from './sentences.ts';
import { thing } from './thing.ts';

/** Why a plan cannot be made or went no further, and what to do. */
export const planSentences: Sentences<PlanErrors> = {
  'plan.tooManyAddresses': ({ instanceType, wanted, maximum, smallest }) =>
    smallest !== undefined
      ? l10n.t(
          'A network interface of {0} takes {1} addresses at most, not {2}. The smallest type of its family that takes {2} is {3}.',
          instanceType,
          maximum,
          wanted,
          smallest,
        )
      : l10n.t(
          'A network interface of {0} takes {1} addresses, not {2}. Choose a larger instance type or fewer addresses.',
          instanceType,
          maximum,
          wanted,
        ),
  'plan.unknownInstanceType': ({ instanceType }) =>
    l10n.t('This Region has no instance type “{0}”. Choose another one, such as t3.micro.', instanceType),
  'plan.notFound': ({ what, id }) =>
    l10n.t('There is no {0} {1}. Refresh to see what is there.', thing(what), id),
  'plan.changedMeanwhile': ({ what, id }) =>
    l10n.t(
      'Someone else changed or removed the {0} {1} meanwhile. Refresh, and make a new plan.',
      thing(what),
      id,
    ),
  'plan.cancelled': ({ done, total }) =>
    l10n.t(
      'Cancelled after {0} of {1} changes. What was done is still there; refresh to see it.',
      done,
      total,
    ),
  'plan.countMismatch': ({ addresses, eips }) =>
    l10n.t(
      'There are {0} addresses and {1} Elastic IPs, but each address needs one. Give as many of both.',
      addresses,
      eips,
    ),
  'plan.tooFewFreeAddresses': ({ subnet, wanted, free }) =>
    l10n.t(
      '{0} has {1} free addresses, not {2}. Use another subnet or fewer addresses.',
      subnet,
      free,
      wanted,
    ),
  'plan.eipQuota': ({ quota, inUse, wanted }) =>
    l10n.t(
      'The quota is {0} Elastic IPs in this Region and {1} are in use, so {2} more do not fit. Release idle ones, or ask AWS for a higher quota (L-0263D0A3).',
      quota,
      inUse,
      wanted,
    ),
  'plan.nameTaken': ({ what, name }) =>
    l10n.t(
      'There is a {0} “{1}” already. Choose another name, or use the one that is there.',
      thing(what),
      name,
    ),
  'plan.badValue': ({ field, value }) =>
    value.trim() === ''
      ? l10n.t('A value is missing: {0}. Give one.', thing(field))
      : l10n.t('“{1}” cannot be used here: {0}. Change it.', thing(field), value),
  'plan.alreadyPaired': ({ address, publicIp }) =>
    l10n.t(
      '{0} and {1} cannot be paired: one of them has a partner already. Unpair that first.',
      address,
      publicIp,
    ),
  'plan.foreign': ({ what, id, things }) =>
    l10n.t(
      'Things that others made are in the way of removing {0} {1}: {2}. Move or remove them first.',
      thing(what),
      id,
      things.join(', '),
    ),
  'plan.noGateway': ({ vpcId }) =>
    l10n.t('The VPC {0} has no internet gateway, so no Elastic IP can work there. Attach one first.', vpcId),
  'plan.notPublic': ({ what, id, target }) =>
    l10n.t(
      'The {0} {1} sends what goes out to {2} and not to the internet gateway, so no Elastic IP works there. Choose another one, or change its route first.',
      thing(what),
      id,
      target,
    ),
  'plan.primaryAddress': ({ address }) =>
    l10n.t('{0} is the primary address, which the network interface always keeps.', address),
  'plan.reverseDnsRefused': ({ publicIp, domainName, reason }) =>
    l10n.t(
      'AWS did not set the reverse DNS name {1} of {0} ({2}). Check that the name has an A record of that address.',
      publicIp,
      domainName,
      reason,
    ),
  'plan.inUse': ({ what, id }) =>
    l10n.t(
      'The {0} {1} is in use, so it is not taken away here. Unpair or detach it first.',
      thing(what),
      id,
    ),
  'plan.tooManyEnis': ({ instanceType, maximum }) =>
    l10n.t('An instance of {0} takes {1} network interfaces, and has them already.', instanceType, maximum),
  'plan.otherZone': ({ zone, other }) =>
    l10n.t('The instance is in {0}, and {1} is another zone. Choose a subnet in {0}.', zone, other),
  'plan.managed': ({ what, id, by }) =>
    l10n.t('The {0} {1} is managed by {2}, so it is not touched here. Change it there.', thing(what), id, by),
  'plan.notAsPlanned': ({ change }) =>
    l10n.t(
      'EC2 confirmed the step “{0}”, but it is not there. Someone else may have changed it: refresh, and look before you go on.',
      change,
    ),
  'plan.wrongState': ({ what, id, state, wanted, reason }) =>
    reason === ''
      ? l10n.t(
          'The {0} {1} is “{2}” and not “{3}”. Look at it in the AWS console, then resume the plan.',
          thing(what),
          id,
          state,
          wanted,
        )
      : l10n.t(
          'The {0} {1} is “{2}” and not “{3}”. The reason that EC2 gives: {4}. Put that right, then resume the plan.',
          thing(what),
          id,
          state,
          wanted,
          reason.replace(/\.$/, ''),
        ),
  'plan.tooSlow': ({ what, id, state, minutes }) =>
    l10n.t(
      'The {0} {1} is still “{2}” after {3} minutes. AWS goes on with it: resume the plan later.',
      thing(what),
      id,
      state,
      minutes,
    ),
  'plan.locked': ({ process }) =>
    l10n.t(
      'Another window is applying this plan right now (process {0}). Wait until it is done, or cancel it there.',
      process,
    ),
  'plan.otherAccount': ({ planned, actual }) =>
    l10n.t(
      'This plan belongs to the account {0}, but these credentials are of {1}. Choose a profile of {0} first.',
      planned,
      actual,
    ),
  'plan.notPermitted': ({ actions }) =>
    l10n.t(
      'These credentials lack the permission for {0}. Nothing has been changed; ask for it, or choose another profile.',
      actions.join(', '),
    ),
  'plan.journalNewer': ({ path }) =>
    l10n.t('A newer version of this extension wrote {0}. Update the extension to go on with the plan.', path),
  'plan.journalDamaged': ({ path, line }) =>
    l10n.t(
      'Line {1} of {0} is not as it was written, so it cannot be told what its plan did. Restore the file; or remove with Tear Down what carries the plan’s tag, and delete the file.',
      path,
      line,
    ),
  'plan.journalTorn': ({ path }) =>
    l10n.t(
      '{0} ends within its first line: its plan was not begun, or the file was cut short. Look in Tear Down for what it may have left, then delete the file.',
      path,
    ),
};
