/** Thrown by a step when a person goes back to the one before. */
export class Back extends Error {
  override readonly name = 'Back';
}

/** Where a step stands among the others; shown in its title. */
export interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}
