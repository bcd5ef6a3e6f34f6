import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Outcome } from '../../core/plan/apply.ts';
import { canBeScripted } from '../../core/plan/cli/canBeScripted.ts';
import type { JournalContent } from '../../core/plan/journal.ts';
import type { Outputs } from '../../core/plan/plan.ts';
import type { PanelButton } from '../../panel/protocol.ts';
import type { CommandBoundary } from '../commandBoundary.ts';
import { TablePanel } from '../panel/tablePanel.ts';
import { confirmPlan } from './confirm.ts';
import type { PlanJob, RunWatch } from './planDesk.ts';
import { isTakenBack, planView } from './planView.ts';
import type { PlanState } from './planView.ts';
import { Progress } from './progress.ts';

/** A job, and what takes back what was done of it. */
interface UndoableJob extends PlanJob {
  readonly undo: () => Promise<void>;
}

/** The panel of one plan, from its preview to its end. */
export class PlanPanel {
  readonly #job: UndoableJob;
  readonly #panel: TablePanel;
  readonly #run: (watch: RunWatch) => Thenable<Outcome>;
  readonly #progress = new Progress();
  #state: PlanState = 'preview';
  #abort = new AbortController();
  #outputs: ReadonlyMap<string, Outputs> = new Map();
  #milliseconds = 0;
  #busy = false;
  /** The guest has said that it is as it was, and nothing else was done. */
  #nothingToUndo = false;
  /** Why nothing is done with it any more. */
  #left: string | undefined;

  constructor(
    job: UndoableJob,
    extensionUri: vscode.Uri,
    boundary: CommandBoundary,
    run: (watch: RunWatch) => Thenable<Outcome>,
    earlier?: JournalContent,
  ) {
    this.#job = job;
    this.#run = run;
    if (earlier !== undefined) this.#recall(earlier);
    this.#panel = TablePanel.create('ec2MultiIp.plan', job.title, extensionUri, job.column);
    job.confirmation?.onDidTick(() => {
      if (this.#state === 'running') this.show();
    });
    this.#panel.onDidDispose(() => void boundary.run('close the plan', () => job.over?.()));
    this.#panel.onDidPress((button) => boundary.run(`plan ${button}`, () => this.#press(button)));
  }

  show(): void {
    const { title, plan } = this.#job;
    this.#panel.show({
      view: planView({
        title,
        plan,
        state: this.#state,
        progress: this.#progress,
        buttons: this.#buttons(),
        milliseconds: this.#milliseconds,
        secondsToConfirm: this.#job.confirmation?.secondsLeft,
        nothing: this.#job.nothing,
        left: this.#left,
      }),
      memory: undefined,
    });
  }

  /** Ends what runs, at its next safe point, and says why nothing more is done with it. */
  leave(sentence: string): void {
    this.#left = sentence;
    if (this.#state === 'running') {
      this.#abort.abort();
      this.#state = 'cancelling';
    }
    this.show();
  }

  onDidClose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  /** Goes on where an earlier run stopped. */
  async resume(): Promise<void> {
    await this.#apply();
  }

  #recall({ plan, results }: JournalContent): void {
    this.#state = 'cancelled';
    for (const change of plan.changes) {
      const outputs = results.get(change.id);
      if (outputs !== undefined) this.#progress.take({ type: 'done', change, outputs });
    }
  }

  #buttons(): readonly PanelButton[] {
    const { plan, look, next } = this.#job;
    const close: PanelButton = { id: 'close', label: l10n.t('Close') };
    if (this.#left !== undefined && this.#state !== 'cancelling') return [close];
    const looking = look === undefined ? [] : [{ id: 'look', label: look.label }];
    switch (this.#state) {
      case 'preview':
        return plan.changes.length === 0
          ? [...this.#nextButton(), ...looking, close]
          : [
              { id: 'apply', label: l10n.t('Apply'), primary: true },
              ...looking,
              ...(canBeScripted(plan) ? [{ id: 'script', label: l10n.t('Copy as AWS CLI Commands') }] : []),
              { id: 'close', label: l10n.t('Cancel') },
            ];
      case 'running':
        return this.#job.confirmation?.secondsLeft === undefined
          ? [{ id: 'cancel', label: l10n.t('Cancel') }]
          : [{ id: 'revert', label: l10n.t('Revert Now'), primary: true }];
      case 'cancelling':
        return [];
      case 'done':
        return [...(next === undefined ? [] : this.#nextButton()), close];
      case 'failed':
      case 'cancelled':
        return [{ id: 'apply', label: l10n.t('Resume'), primary: true }, ...this.#undoButton(), close];
    }
  }

  /** An undo is not undone: the plan itself can be made again. */
  #undoButton(): readonly PanelButton[] {
    if (this.#nothingToUndo) return [];
    return this.#job.plan.undoes === undefined ? [{ id: 'undo', label: l10n.t('Undo') }] : [];
  }

  #nextButton(): readonly PanelButton[] {
    const { next } = this.#job;
    return next === undefined ? [] : [{ id: 'next', label: next.label, primary: true }];
  }

  async #press(button: string): Promise<void> {
    if (button === 'close') this.#panel.dispose();
    if (button === 'look') await this.#job.look?.run(this.#outputs);
    if (button === 'script') {
      const { planAsScript } = await import('../../core/plan/cli/script.ts');
      await vscode.env.clipboard.writeText(planAsScript(this.#job.plan));
      vscode.window.setStatusBarMessage(l10n.t('The plan is on the clipboard as AWS CLI commands.'), 5_000);
    }
    if (button === 'next') {
      // What is done is in the tree; the next step gets the room.
      this.#panel.dispose();
      await this.#job.next?.run(this.#outputs);
    }
    if (button === 'revert') this.#job.confirmation?.revertNow();
    if (button === 'cancel') {
      this.#abort.abort();
      this.#become('cancelling');
    }
    if (button === 'undo') {
      await this.#job.undo();
      this.#panel.dispose();
    }
    if (button === 'apply') await this.#apply();
  }

  async #apply(): Promise<void> {
    // A second press while the first is being confirmed or carried out must not apply it twice.
    if (this.#busy) return;
    this.#busy = true;
    try {
      if (this.#state !== 'preview' || (await this.#confirmed())) await this.#carryOut();
    } finally {
      this.#busy = false;
    }
  }

  async #confirmed(): Promise<boolean> {
    const isConfirmed = await confirmPlan(this.#job.plan);
    // The question had the focus, which VS Code gives back to the frame of the panel and not to what is in it.
    this.#panel.reveal();
    return isConfirmed;
  }

  async #carryOut(): Promise<void> {
    this.#become('running');
    this.#abort = new AbortController();
    const since = performance.now();
    try {
      const outcome = await this.#run({
        signal: this.#abort.signal,
        onEvent: (event) => {
          this.#progress.take(event);
          this.show();
        },
      });
      this.#milliseconds = performance.now() - since;
      this.#outputs = outcome.outputs;
      const state = stateAfter(outcome);
      this.#nothingToUndo = state !== outcome.state && outcome.outputs.size === 0;
      this.#become(state);
      if (outcome.state !== 'done') return;
      await this.#job.over?.();
    } catch (error) {
      this.#become('failed');
      throw error;
    }
    if (this.#job.then === undefined) return;
    await this.#job.then();
    // What followed has the room now.
    this.#panel.dispose();
  }

  #become(state: PlanState): void {
    this.#state = state;
    this.show();
  }
}

/** What a person has taken back is no error. */
function stateAfter(outcome: Outcome): PlanState {
  const isNoError = outcome.state === 'failed' && outcome.failures.every(({ error }) => isTakenBack(error));
  return isNoError ? 'cancelled' : outcome.state;
}
