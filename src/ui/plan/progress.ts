import type { PlanEvent } from '../../core/plan/plan.ts';

/** How far one change has come. */
export type ChangeProgress =
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly since: number }
  | { readonly state: 'done'; readonly milliseconds: number }
  | { readonly state: 'failed'; readonly error: unknown };

/** How far a plan has come; fed by the events of its application. */
export class Progress {
  readonly #changes = new Map<string, ChangeProgress>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get(changeId: string): ChangeProgress {
    return this.#changes.get(changeId) ?? { state: 'waiting' };
  }

  /** How many changes are done. */
  get done(): number {
    return [...this.#changes.values()].filter(({ state }) => state === 'done').length;
  }

  take(event: PlanEvent): void {
    this.#changes.set(event.change.id, this.#after(event));
  }

  #after(event: PlanEvent): ChangeProgress {
    if (event.type === 'started') return { state: 'running', since: this.#now() };
    if (event.type === 'failed') return { state: 'failed', error: event.error };
    const before = this.get(event.change.id);
    if (before.state === 'done') return before;
    return { state: 'done', milliseconds: before.state === 'running' ? this.#now() - before.since : 0 };
  }
}
