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

/** Where an echo's URL leads to. */
export function placeOf(echoUrl: string): { readonly hostname: string; readonly port: number } {
  const { hostname, port, protocol } = new URL(echoUrl);
  return { hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}
