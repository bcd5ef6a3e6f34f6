import { createTwoFilesPatch } from 'diff';
import type { FileChange } from '../../src/core/plan/changes.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { previewPlan } from '../../src/core/plan/preview.ts';
import type { PairProof, Verdict } from '../../src/core/probe/proof.ts';
import { changeTitle } from '../../src/words/changeTitle.ts';
import { costText } from '../../src/words/cost.ts';
import { undoWord } from '../../src/words/undoWord.ts';
import { verdictSentence, verdictWord } from '../../src/words/verdictText.ts';

const SIGNS = { create: '+', change: '~', destroy: '-' } as const;

/** Writes one line to the terminal. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Does one step of the walk and says what it was and how long it took; a failure says so and goes on up. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  const seconds = (): string => `${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`;
  try {
    const result = await work();
    say(`✔ ${seconds()}  ${title}`);
    return result;
  } catch (error) {
    say(`✘ ${seconds()}  ${title}`);
    throw error;
  }
}

/** Shows a plan before it is applied: each change with its sign, and what it costs. */
export function showPlan(plan: Plan): void {
  const preview = previewPlan(plan);
  for (const { change, effect } of preview.lines) {
    say(
      `    ${SIGNS[effect]} ${changeTitle(change)}${change.undo === 'exact' ? '' : `  (undo: ${undoWord(change).toLowerCase()})`}`,
    );
  }
  say(`    ${costText(preview)}`);
}

/** Shows what a plan does to the guest's files, as a unified difference. */
export function showFiles(files: readonly FileChange[]): void {
  const text = (bytes: string | null): string => Buffer.from(bytes ?? '', 'base64').toString();
  for (const { path, before, after } of files) {
    const names = [before === null ? '/dev/null' : path, after === null ? '/dev/null' : path] as const;
    const patch = createTwoFilesPatch(...names, text(before), text(after), '', '', { context: 2 });
    for (const line of patch.split('\n').slice(1, -1)) say(`    ${line}`);
  }
}

/** Shows the validation matrix: a pair a row, both directions. */
export function showMatrix(title: string, proofs: readonly PairProof[]): void {
  const rows = proofs.map(({ pair, inbound, outbound }) => [
    pair.privateAddress,
    pair.publicIp ?? '–',
    cell(inbound),
    cell(outbound),
  ]);
  const table = [['private address', 'Elastic IP', 'inbound', 'outbound'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  say();
  say(`  ${title}`);
  for (const row of table)
    say(`    ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('   ')}`);
  say();
}

function cell(verdict: Verdict): string {
  const time = 'milliseconds' in verdict ? ` (${String(Math.round(verdict.milliseconds))} ms)` : '';
  const why = verdict.state === 'passed' ? '' : `, ${verdictSentence(verdict) ?? ''}`;
  return `${verdictWord(verdict)}${time}${why}`;
}
