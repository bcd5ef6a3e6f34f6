import * as l10n from '@vscode/l10n';
import { layerOf, layers } from '../../core/diagnose/layers.ts';
import type { Layer } from '../../core/diagnose/layers.ts';
import type { RunRow } from '../../core/diagnose/run.ts';
import type { Verdict } from '../../core/probe/proof.ts';
import type { Cell, Tone } from '../../panel/protocol.ts';
import { findingWords } from '../../words/findingText.ts';
import { unbroken } from '../../words/unbroken.ts';
import { verdictSentence, verdictWord } from '../../words/verdictText.ts';

const tones: Readonly<Record<Verdict['state'], Tone>> = {
  pending: 'waiting',
  running: 'busy',
  passed: 'good',
  failed: 'bad',
  unproven: 'doubtful',
};

/** How one direction came out, with its reason and its time. */
export function verdictCell(verdict: Verdict | undefined): Cell {
  if (verdict === undefined) return { text: l10n.t('Waiting'), tone: 'waiting' };
  // A failure that was seen at once, such as an address that is not there, took no time worth telling.
  const milliseconds = 'milliseconds' in verdict ? Math.round(verdict.milliseconds) : 0;
  const time = milliseconds === 0 ? undefined : unbroken(l10n.t('{0} ms', milliseconds));
  const detail = [verdictSentence(verdict), time].filter((part) => part !== undefined).join(' ');
  return {
    text: verdictWord(verdict),
    tone: tones[verdict.state],
    ...(detail === '' ? {} : { detail }),
  };
}

/** What is wrong with a pair's layer, in sentences; nothing where nothing is. */
function faultsAt({ pair, ways, findings = [] }: RunRow, layer: Layer): string {
  const said = findings.filter((found) => layerOf(found) === layer).map((found) => findingWords(found).fault);
  if (said.length > 0) return said.join(' ');
  if (layer === 'association' && pair.publicIp === undefined) return l10n.t('No Elastic IP');
  // One fault speaks of the running system and of the files; each has a column.
  return layer === 'onDisk' && ways?.files === false ? l10n.t('No file brings the address.') : '';
}

/** How a pair is doing at one layer. Pure. */
export function layerCell(row: RunRow, layer: Layer, running: boolean): Cell {
  const fault = faultsAt(row, layer);
  if (layer === 'inbound' || layer === 'outbound') {
    const verdict = row.proof?.[layer];
    const cell = verdictCell(verdict);
    // Such as mail, which does not leave although other connections do.
    return fault !== '' && verdict?.state === 'passed'
      ? { text: l10n.t('At fault'), tone: 'bad', detail: fault }
      : { text: cell.text, tone: cell.tone, ...(cell.detail !== undefined && { detail: cell.detail }) };
  }
  if (fault !== '') return { text: l10n.t('At fault'), tone: 'bad', detail: fault, iconOnly: true };
  if (row.way?.looked.includes(layer) === true) {
    return { text: l10n.t('In order'), tone: 'good', iconOnly: true };
  }
  return running && row.way === undefined
    ? { text: l10n.t('Waiting'), tone: 'waiting', iconOnly: true }
    : { text: l10n.t('Not looked at'), tone: 'doubtful', iconOnly: true };
}

/** How a pair is doing at each layer. Pure. */
export function layerCells(row: RunRow, running: boolean): readonly Cell[] {
  return layers.map((layer) => layerCell(row, layer, running));
}

/** What the signs of the matrix mean. */
export function matrixLegend(): readonly { readonly tone: Tone; readonly text: string }[] {
  return [
    { tone: 'good', text: l10n.t('In order') },
    { tone: 'bad', text: l10n.t('At fault') },
    { tone: 'doubtful', text: l10n.t('Not looked at') },
    { tone: 'waiting', text: l10n.t('Waiting') },
  ];
}
