import type { ChangeInputs } from '../changes.ts';
import type { Step } from '../handler.ts';
import type { ChangeKind } from '../plan.ts';
import type { CliChange } from './command.ts';

/** Kinds of change that the AWS CLI can carry out: all but those of a guest. */
export type CliKind = Exclude<ChangeKind, 'configureGuest'>;

/** How each kind is written. */
export type Commands = { readonly [K in CliKind]: (input: ChangeInputs[K], step: Step) => CliChange };
