import type { PairProof, PairUnderTest, PortVerdict, ProofListener, Verdict } from './proof.ts';

/** The verdicts of a test as they come, a row a pair. */
export class ProofBoard {
  readonly #rows: PairProof[];
  readonly #onProof: ProofListener;

  constructor(pairs: readonly PairUnderTest[], onProof: ProofListener) {
    this.#onProof = onProof;
    this.#rows = pairs.map((pair) => ({
      pair,
      inbound: { state: 'running' },
      outbound: { state: 'running' },
    }));
    for (const row of this.#rows) onProof(row);
  }

  get rows(): readonly PairProof[] {
    return this.#rows;
  }

  tell(
    direction: 'inbound' | 'outbound',
    index: number,
    verdict: Verdict,
    ports?: readonly PortVerdict[],
  ): void {
    const row = this.#rows[index];
    if (row === undefined) return;
    const next = { ...row, [direction]: verdict, ...(ports !== undefined && { ports }) };
    this.#rows[index] = next;
    this.#onProof(next);
  }

  /** Gives this verdict to all that have none yet. */
  finish(direction: 'inbound' | 'outbound', verdict: Verdict): void {
    for (const [index, row] of this.#rows.entries()) {
      if (row[direction].state === 'running') this.tell(direction, index, verdict);
    }
  }
}
