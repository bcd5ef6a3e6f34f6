/** The id of the button that opens the plan of a finding. */
export function fixButton(row: number, finding: number): string {
  return `fix-${row}-${finding}`;
}
