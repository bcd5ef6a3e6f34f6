import type { Row } from './row.ts';

function holds({ label, description, tooltip }: Row, wanted: string): boolean {
  return [label, description, ...tooltip].some((text) => text.toLowerCase().includes(wanted));
}

/**
 * The rows that hold a text, in their label, description or facts, with all that stands above and below them.
 *
 * Rows on the way to one are open. Their ids are others than without the filter: VS Code keeps closed by its id
 * what a person has closed.
 */
export function filterRows(rows: readonly Row[], text: string): readonly Row[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.flatMap((row): readonly Row[] => {
    if (holds(row, wanted)) return [row];
    const below = filterRows(row.children?.() ?? [], wanted);
    if (below.length === 0) return [];
    return [{ ...row, id: `${row.id}?${wanted}`, expanded: true, children: () => below }];
  });
}
