import * as vscode from 'vscode';
import type { Plan } from '../core/plan/plan.ts';
import type { PairProof } from '../core/probe/proof.ts';
import { contextKeys } from './contributions.ts';

type Milestone = 'hasAccount' | 'hasPairs' | 'hasGuest' | 'hasProof';

/** Which step of the walkthrough a plan carries out. */
const ofRecipe: Readonly<Partial<Record<Plan['recipe'], Milestone>>> = {
  createStack: 'hasPairs',
  addPairs: 'hasPairs',
  pair: 'hasPairs',
  configureGuest: 'hasGuest',
};

function reach(milestone: Milestone): void {
  void vscode.commands.executeCommand('setContext', contextKeys[milestone], true);
}

/**
 * Checks the walkthrough's first step off once a person has chosen. VS Code takes no notice of what was so already
 * when it first looked at the walkthrough, as the account may have been.
 */
export function accountChosen(): void {
  reach('hasAccount');
}

/** Checks a step of the walkthrough off that a plan which is done has carried out; starting it is not enough. */
export function planDone({ recipe, undoes }: Plan): void {
  const milestone = ofRecipe[recipe];
  if (milestone !== undefined && undoes === undefined) reach(milestone);
}

/** Checks the walkthrough's last step off where a pair works in both directions. */
export function pairTested({ inbound, outbound }: PairProof): void {
  if (inbound.state === 'passed' && outbound.state === 'passed') reach('hasProof');
}
