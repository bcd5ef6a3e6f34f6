import * as l10n from '@vscode/l10n';
import type { RunRow } from '../core/diagnose/run.ts';
import { wasLeftOut } from './verdictText.ts';

/** The ports that are tried from outside, and where. */
export function portsText({
  ports,
  whereListening = false,
}: {
  readonly ports: readonly number[];
  readonly whereListening?: boolean;
}): string {
  const list = ports.join(', ');
  return whereListening ? l10n.t('{0}, where the guest listens', list) : list;
}

function works({ proof }: Pick<RunRow, 'proof'>): boolean {
  if (proof === undefined) return false;
  const { inbound, outbound } = proof;
  return (inbound.state === 'passed' || wasLeftOut(inbound)) && outbound.state === 'passed';
}

/** How many pairs work in what was tried of them, and the sentence that says so. */
export function workingText(rows: readonly Pick<RunRow, 'proof'>[]): {
  readonly working: number;
  readonly text: string;
} {
  const working = rows.filter(works).length;
  const someLeftOut = rows.some(({ proof }) => proof !== undefined && wasLeftOut(proof.inbound));
  const text = someLeftOut
    ? l10n.t('{0} of {1} pairs work in each direction that was tried', working, rows.length)
    : l10n.t('{0} of {1} pairs work in both directions', working, rows.length);
  return { working, text };
}
