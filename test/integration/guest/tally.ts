import assert from 'node:assert/strict';
import type { Finding, FindingCode } from '../../../src/core/diagnose/finding.ts';
import { findingWords } from '../../../src/words/findingText.ts';
import { formatTable } from '../../bench/table.ts';
import type { Fault } from './faults.ts';

/** What came of the faults that were put in at once. */
export interface Tally {
  readonly what: string;
  readonly injected: number;
  readonly rightly: number;
  readonly wrongly: number;
  readonly missed: number;
}

/** The findings of each pair that some faults at once are to give: those of each, once. */
export function expectedOf(faults: readonly Fault[]): readonly (readonly FindingCode[])[] {
  return [0, 1, 2].map((pair) => {
    const codes = new Set(faults.flatMap(({ expects }) => expects[pair] ?? []));
    // EC2 lets no address be paired without a gateway: the pairing went with it, and its mending brings it back.
    if (codes.has('gatewayMissing') || codes.has('gatewayDetached')) codes.delete('notAssociated');
    return [...codes];
  });
}

/** Compares what was named with what was to be. */
export function tallyOf(
  names: readonly string[],
  expected: readonly (readonly FindingCode[])[],
  named: readonly (readonly FindingCode[])[],
): Tally {
  const count = (from: typeof expected, without: typeof expected): number =>
    from.reduce(
      (sum, codes, pair) => sum + codes.filter((code) => without[pair]?.includes(code) !== true).length,
      0,
    );
  const missed = count(expected, named);
  const all = expected.reduce((sum, codes) => sum + codes.length, 0);
  return {
    what: names.join(' + '),
    ...{ injected: names.length, rightly: all - missed, wrongly: count(named, expected), missed },
  };
}

/** Prints the table of all faults. */
export function report(tallies: readonly Tally[]): void {
  const sum = (key: 'injected' | 'rightly' | 'wrongly' | 'missed'): number =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  const table = formatTable([
    ['faults injected', 'count', 'findings named rightly', 'wrongly', 'missed'],
    ...tallies.map(({ what, injected, rightly, wrongly, missed }) => [
      what,
      injected,
      rightly,
      wrongly,
      missed,
    ]),
    ['all', sum('injected'), sum('rightly'), sum('wrongly'), sum('missed')],
  ]);
  process.stdout.write(`\n${table}\n`);
}

/** In an order that does not depend on the rules'. */
export function sorted(codes: readonly FindingCode[]): readonly FindingCode[] {
  return [...codes].sort();
}

/** Whether a finding says something to a person, and shows what it saw. */
export function assertWorded(finding: Finding): void {
  const { fault, advice } = findingWords(finding);
  assert.doesNotMatch(`${fault} ${advice}`, /undefined|\{\d\}/);
  assert.ok(fault !== '' && advice !== '');
  assert.ok(finding.evidence.length > 0, finding.code);
}
