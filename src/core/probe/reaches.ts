import type { Vantage, VantageOptions } from './vantage.ts';

/** A place that a vantage may reach. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Whether a vantage reaches any of some places at all; one that refuses is reached too. */
export async function reachesAny(
  vantage: Vantage,
  places: readonly Place[],
  options: VantageOptions,
): Promise<boolean> {
  const answers = await Promise.all(
    places.map(({ host, port }) => vantage.hold(host, port, options, () => Promise.resolve())),
  );
  return answers.some(({ kind }) => kind === 'connected' || kind === 'refused');
}
