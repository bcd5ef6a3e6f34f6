import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** The vantage reaches nothing at all: what it did not get says nothing of the pair. */
export function vantageOffline({ vantage, echo }: PairFacts): readonly Finding[] {
  if (vantage.online !== false) return [];
  const shown = `${vantage.name} → ${echo?.address ?? ''}:${echo?.port ?? ''}: –`;
  return [finding('vantageOffline', { vantage: vantage.name }, [{ source: 'connect', shown }])];
}
