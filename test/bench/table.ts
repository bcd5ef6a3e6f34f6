/** What a bench came to: the first row is the header; columns with numbers are aligned right. */
export type Table = readonly (readonly (string | number)[])[];

/** A bench: the `bench` that a file test/bench/NAME.bench.ts exports. */
export interface Bench {
  readonly title: string;
  /** `log` takes a line on what is going on. `problem` is a sentence if a target is missed. */
  readonly run: (log: (line: string) => void) => Promise<{ table: Table; problem?: string | undefined }>;
}

/** The table as text, one line a row. */
export function formatTable(table: Table): string {
  const widths: number[] = [];
  for (const row of table) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, String(cell).length);
    }
  }
  const right = (table[1] ?? []).map(isNumeric);
  const lines = table.map((row) =>
    row
      .map((cell, column) => {
        const [text, width] = [String(cell), widths[column] ?? 0];
        return right[column] === true ? text.padStart(width) : text.padEnd(width);
      })
      .join('  '),
  );
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** The middle one of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing');
  return middle;
}

const isNumeric = (cell: string | number): boolean =>
  typeof cell === 'number' || /^[\d.]+( \S+)?$/.test(cell);
