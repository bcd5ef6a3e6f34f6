import type { EmulatorState } from '../../lab/emulator/state.ts';
import { holdings } from '../../lab/emulator/state.ts';

const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z]+)-[0-9a-f]{17}\b/g, '$1-*'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '(uuid)'],
  [/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/g, '(mac)'],
  [/\b198[.-]51[.-]100[.-]\d+\b/g, '(eip)'],
  [/\d{4}-\d\d-\d\d[T ][0-9:.]+(?:Z|\+00:00| UTC)/g, '(time)'],
];

/** What a state holds with ids, addresses given by chance, and times aside: equal for equal outcomes. */
export function stateShape(state: EmulatorState): readonly string[] {
  return Object.entries(holdings(state))
    .flatMap(([kind, things]) => (Array.isArray(things) ? things.map((it) => `${kind} ${plain(it)}`) : []))
    .sort();
}

/** What is there and should not be, and what should be there and is not. */
export function shapeDifference(
  actual: readonly string[],
  expected: readonly string[],
): { readonly extra: readonly string[]; readonly missing: readonly string[] } {
  const without = (some: readonly string[], others: readonly string[]): readonly string[] => {
    const left = [...others];
    return some.filter((it) => (left.includes(it) ? (left.splice(left.indexOf(it), 1), false) : true));
  };
  return { extra: without(actual, expected), missing: without(expected, actual) };
}

function plain(thing: unknown): string {
  return VARYING.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), JSON.stringify(thing));
}
