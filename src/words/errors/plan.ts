import * as l10n from '@vscode/l10n';
import type { PlanErrors } from '../../core/plan/errors.ts';
import type { Sentences } from './sentences.ts';
import { thing } from './thing.ts';

/** Why a plan cannot be made or went no further, and what to do. */
export const planSentences: Sentences<PlanErrors> = {
  'plan.tooManyAddresses': ({ instanceType, wanted, maximum }) =>
    l10n.t(
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
    l10n.t('Someone else changed the {0} {1} meanwhile. Refresh, and make a new plan.', thing(what), id),
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
};
