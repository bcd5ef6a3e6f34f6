import * as l10n from '@vscode/l10n';
import type { PlanErrors } from '../../core/plan/errors.ts';
import type { Sentences } from './sentences.ts';

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
    l10n.t('{0} {1} is not there any more. Refresh to see what is.', what, id),
  'plan.changedMeanwhile': ({ what, id }) =>
    l10n.t('{0} {1} was changed by someone else meanwhile. Refresh, and make the plan anew.', what, id),
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
  'plan.managed': ({ what, id, by }) =>
    l10n.t('{0} {1} is managed by {2}, so it is not touched here. Change it there.', what, id, by),
};
