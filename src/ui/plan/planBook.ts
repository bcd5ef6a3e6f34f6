import * as vscode from 'vscode';
import { type Activity, readActivities } from '../../core/plan/activities.ts';

/** A plan that this window is carrying out. */
export interface RunningPlan {
  readonly done: number;
}

/** The plans that were begun: those of the journals, and how far the ones of this window are. */
export class PlanBook implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** A plan was begun, went on or ended. */
  readonly onDidChange = this.#changed.event;
  /** The folder of the journals. */
  readonly folder: string;
  readonly #running = new Map<string, RunningPlan>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The newest first. */
  activities(): Promise<readonly Activity[]> {
    return readActivities(this.folder);
  }

  /** How far a plan is that runs in this window. */
  running(planId: string): RunningPlan | undefined {
    return this.#running.get(planId);
  }

  report(planId: string, running: RunningPlan | undefined): void {
    if (running === undefined) this.#running.delete(planId);
    else this.#running.set(planId, running);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
