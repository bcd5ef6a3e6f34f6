import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import type { Plan } from '../plan/plan.ts';
import { preparePair } from '../plan/preflight.ts';
import { prepareMend, prepareMove, prepareReverseDns } from '../plan/preparations.ts';
import type { Fix } from './fix.ts';

/** A fix that EC2 alone carries out. */
export type CloudFix = Exclude<Fix, { readonly recipe: 'configureGuest' }>;

/** Reads the Region and plans what mends a finding; nothing is changed. */
export function prepareFix(ec2: Ec2, fix: CloudFix, options: CallOptions = {}): Promise<Plan> {
  switch (fix.recipe) {
    case 'pair':
      return preparePair(ec2, fix.spec, options);
    case 'moveEip':
      return prepareMove(ec2, fix.spec, options);
    case 'reverseDns':
      return prepareReverseDns(ec2, fix.spec, options);
    case 'mend':
      return prepareMend(ec2, fix.spec, options);
  }
}
