import * as l10n from '@vscode/l10n';
import { isCoreError } from '../../core/base/errors.ts';
import type { Plan, Spared } from '../../core/plan/plan.ts';
import { previewPlan } from '../../core/plan/preview.ts';
import type { Effect, PlanPreview, PreviewLine } from '../../core/plan/preview.ts';
import type { Cell, PanelButton, PanelRow, PanelView, Tone } from '../../panel/protocol.ts';
import { changeDetail, changeTitle } from '../../words/changeTitle.ts';
import { changeCost, costText } from '../../words/cost.ts';
import { errorText } from '../../words/errorText.ts';
import { unbroken } from '../../words/unbroken.ts';
import { undoLoss, undoWord } from '../../words/undoWord.ts';
import type { Progress } from './progress.ts';
import { stackPicture } from './stackPicture.ts';

/** Where a plan stands as a whole. */
export type PlanState = 'preview' | 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled';

/** All that the panel of a plan is drawn from. */
export interface PlanScene {
  readonly title: string;
  readonly plan: Plan;
  readonly state: PlanState;
  readonly progress: Progress;
  readonly buttons: readonly PanelButton[];
  /** How long it took, once it is over. */
  readonly milliseconds?: number;
  /** How long a guest still waits for its change to be confirmed, where it does. */
  readonly secondsToConfirm?: number | undefined;
  /** Why there is nothing to change, where that has a reason of its own. */
  readonly nothing?: string | undefined;
  /** Why nothing more is done with it, where its account is shown no more. */
  readonly left?: string | undefined;
}

const effectTone: Readonly<Record<Effect, Tone>> = { create: 'add', change: 'change', destroy: 'remove' };

function seconds(milliseconds: number): string {
  return unbroken(l10n.t('{0} s', (milliseconds / 1000).toFixed(1)));
}

function estimate(duration: number): string {
  if (duration < 90) return Math.ceil(duration) === 0 ? '0' : unbroken(l10n.t('{0} s', Math.ceil(duration)));
  return unbroken(l10n.t('{0} min', Math.ceil(duration / 60)));
}

function progressCell(scene: PlanScene, { change, doneAfter }: PreviewLine): Cell {
  const progress = scene.progress.get(change.id);
  switch (progress.state) {
    case 'waiting':
      return { text: scene.state === 'preview' ? estimate(doneAfter) : l10n.t('Waiting'), tone: 'plain' };
    case 'running':
      return { text: l10n.t('Under way…'), tone: 'busy' };
    case 'done':
      return { text: l10n.t('Done in {0}', seconds(progress.milliseconds)), tone: 'good' };
    case 'failed':
      return isTakenBack(progress.error)
        ? { text: l10n.t('Taken back'), detail: errorText(progress.error), tone: 'doubtful' }
        : { text: l10n.t('Failed'), detail: errorText(progress.error), tone: 'bad' };
  }
}

/** Whether a change came to nothing because a person wanted that, which is no error. */
export function isTakenBack(error: unknown): boolean {
  return isCoreError(error, 'guest.revertedByUser');
}

function undoCell({ change }: PreviewLine): Cell {
  const loss = undoLoss(change);
  return { text: undoWord(change), tone: 'plain', ...(loss === undefined ? {} : { detail: loss }) };
}

function titleCell({ change, effect }: PreviewLine): Cell {
  const detail = changeDetail(change);
  const tone = effectTone[effect];
  return { text: changeTitle(change), tone, ...(detail === undefined ? {} : { detail }) };
}

function sparedText({ routes, enis }: Spared): string {
  return l10n.t('Route {0}, which {1} uses', routes.join(', '), enis.join(', '));
}

/** What a person wants to know of the whole; what is zero is left out. */
function facts(preview: PlanPreview, { plan: { region, spared } }: PlanScene): PanelView['facts'] {
  const { create, change, destroy } = preview.counts;
  const costs = preview.lines.length > 0 && (preview.eips !== 0 || preview.monthlyBefore !== undefined);
  return [
    { name: l10n.t('Region'), value: region },
    { name: l10n.t('Created'), value: `${create}` },
    { name: l10n.t('Changed'), value: `${change}` },
    { name: l10n.t('Removed'), value: `${destroy}` },
    { name: l10n.t('Cost of Elastic IPs'), value: costs ? costText(preview) : '0' },
    { name: l10n.t('Estimated time'), value: estimate(preview.seconds) },
    { name: l10n.t('Left in place'), value: spared === undefined ? '0' : sparedText(spared) },
  ].filter(({ value }) => value !== '0');
}

function row(scene: PlanScene, line: PreviewLine): PanelRow {
  return {
    id: line.change.id,
    cells: [
      titleCell(line),
      { text: changeCost(line), tone: 'plain' },
      undoCell(line),
      progressCell(scene, line),
    ],
  };
}

function summary(scene: PlanScene, preview: PlanPreview): { readonly text: string; readonly tone: Tone } {
  const total = preview.lines.length;
  const { done } = scene.progress;
  const time = seconds(scene.milliseconds ?? 0);
  if (scene.left !== undefined && scene.state !== 'done' && scene.state !== 'cancelling') {
    return { text: scene.left, tone: 'doubtful' };
  }
  switch (scene.state) {
    case 'preview':
      return total === 0
        ? { text: scene.nothing ?? l10n.t('Everything is as it should be: nothing to change.'), tone: 'good' }
        : { text: l10n.t('Nothing has been changed yet.'), tone: 'plain' };
    case 'running':
      if (scene.secondsToConfirm !== undefined) {
        const left = scene.secondsToConfirm;
        return {
          text: l10n.t('Confirming: otherwise the guest puts itself back in {0} s', left),
          tone: 'busy',
        };
      }
      return { text: l10n.t('{0} of {1} changes done', done, total), tone: 'busy' };
    case 'cancelling':
      return { text: l10n.t('Cancelling: waiting for what is under way'), tone: 'busy' };
    case 'done':
      return { text: l10n.t('{0} of {1} changes done in {2}', done, total, time), tone: 'good' };
    case 'failed':
      return { text: l10n.t('Stopped by an error after {0} of {1} changes', done, total), tone: 'bad' };
    case 'cancelled':
      return { text: l10n.t('Cancelled after {0} of {1} changes', done, total), tone: 'doubtful' };
  }
}

/** Draws a plan and how far it has come. Pure. */
export function planView(scene: PlanScene): PanelView {
  const preview = previewPlan(scene.plan);
  const { text, tone } = summary(scene, preview);
  const picture = stackPicture(scene.plan);
  return {
    title: scene.title,
    summary: text,
    tone,
    facts: facts(preview, scene),
    columns: [
      l10n.t('Change'),
      l10n.t('Cost a month'),
      l10n.t('Undo'),
      scene.state === 'preview' ? l10n.t('Done after') : l10n.t('Progress'),
    ],
    rows: preview.lines.map((line) => row(scene, line)),
    buttons: scene.buttons,
    ...(picture !== undefined && { picture }),
  };
}
