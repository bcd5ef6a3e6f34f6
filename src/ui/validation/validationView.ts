import * as l10n from '@vscode/l10n';
import type { Finding } from '../../core/diagnose/finding.ts';
import { layers } from '../../core/diagnose/layers.ts';
import type { RunRow } from '../../core/diagnose/run.ts';
import type { Cell, PanelButton, PanelNote, PanelRow, PanelView, Tone } from '../../panel/protocol.ts';
import { findingWords, fixLabel } from '../../words/findingText.ts';
import { layerName } from '../../words/layerText.ts';
import { portsText, workingText } from '../../words/runText.ts';
import { dotted } from '../../words/unbroken.ts';
import { waysAgree, waysText } from '../../words/waysText.ts';
import { fixButton } from './fixButton.ts';
import { layerCells, matrixLegend, verdictCell } from './layerCells.ts';
import { mailCell, mailNote } from './mailNote.ts';
import { packetPicture } from './packetPicture.ts';

/** One pair that is being validated, and what is known of it so far. */
export type ValidationRow = RunRow;

/** All that the validation panel is drawn from. */
export interface ValidationScene {
  readonly rows: readonly ValidationRow[];
  readonly state: 'running' | 'done' | 'failed';
  readonly ports: readonly number[];
  /** Whether they are tried only where a service of the guest takes connections. */
  readonly whereListening?: boolean;
  /** When the state was reached, as a person reads it. */
  readonly at: string;
  /** The host that is tested from, where that is not this machine. */
  readonly vantage?: string;
  /** What kept the whole from being tested. */
  readonly problem?: string;
}

function waysCell({ ways }: ValidationRow): Cell {
  if (ways === undefined) return { text: '', tone: 'plain' };
  const agree = waysAgree(ways);
  return {
    text: agree ? l10n.t('They agree') : l10n.t('They differ'),
    tone: agree ? 'good' : 'doubtful',
    detail: waysText(ways),
  };
}

function note(finding: Finding, id: string): PanelNote {
  const { fault, advice } = findingWords(finding);
  const { fix, evidence } = finding;
  const lines = evidence.map(({ source, shown }) => `${source}: ${shown}`);
  return {
    text: fault,
    tone: 'bad',
    detail: advice,
    evidence: { title: l10n.t('What was seen'), lines },
    ...(fix !== undefined && { button: { id, label: fixLabel(fix) } }),
  };
}

/** The EIP of a pair, or that there is none, or none any more. */
function pairingText({ pair, ways }: ValidationRow): string {
  const { publicIp } = pair;
  if (publicIp === undefined) return l10n.t('No Elastic IP');
  // The one that it had before, which EC2 does not show here any more.
  return ways !== undefined && ways.ec2.publicIp !== publicIp
    ? `${publicIp}: ${l10n.t('Not paired any more')}`
    : publicIp;
}

function panelRow(row: ValidationRow, index: number, { rows, state }: ValidationScene): PanelRow {
  const { pair, eni, primary, proof, findings = [] } = row;
  const running = state === 'running';
  // Where there is one ENI alone, its name would only take room.
  const names = rows.some((other) => other.eni !== eni) ? [eni] : [];
  const notes = [
    ...findings.map((found, at) => note(found, fixButton(index, at))),
    ...(row.mail === undefined ? [] : [mailNote(row.mail)]),
  ];
  const role = primary ? l10n.t('primary') : l10n.t('secondary');
  return {
    id: `${pair.networkInterfaceId}/${pair.privateAddress}`,
    cells: [
      {
        text: pair.privateAddress,
        detail: dotted([pairingText(row), role, ...names]),
        tone: 'plain',
      },
      ...layerCells(row, running),
      ...(rows.some(({ mail }) => mail !== undefined) ? [mailCell(row)] : []),
    ],
    facts: [
      { name: layerName('inbound'), cell: verdictCell(proof?.inbound) },
      { name: layerName('outbound'), cell: verdictCell(proof?.outbound) },
      { name: l10n.t('Four views'), cell: waysCell(row) },
      { name: l10n.t('Network interface'), cell: { text: eni, tone: 'plain' } },
    ],
    way: packetPicture(row, running),
    ...(notes.length > 0 && { notes }),
  };
}

function summary({ rows, state, problem }: ValidationScene): { readonly text: string; readonly tone: Tone } {
  const { working: good, text } = workingText(rows);
  if (problem !== undefined) return { text: problem, tone: 'bad' };
  if (state === 'running')
    return { text: l10n.t('Testing… {0} of {1} pairs work so far', good, rows.length), tone: 'busy' };
  const fails = rows.some(
    ({ proof }) => proof?.inbound.state === 'failed' || proof?.outbound.state === 'failed',
  );
  if (fails) return { text, tone: 'bad' };
  const atFault = rows.some(({ findings = [] }) => findings.length > 0);
  return { text, tone: good === rows.length && !atFault ? 'good' : 'doubtful' };
}

function buttons({ state, rows }: ValidationScene): readonly PanelButton[] {
  if (state === 'running') return [{ id: 'cancel', label: l10n.t('Cancel') }];
  const copies = [
    { id: 'markdown', label: l10n.t('Copy as Markdown') },
    { id: 'json', label: l10n.t('Copy as JSON') },
  ];
  return [
    { id: 'again', label: l10n.t('Validate Again'), primary: true },
    ...(rows.some(({ proof }) => proof !== undefined) ? copies : []),
    { id: 'history', label: l10n.t('History…') },
  ];
}

/** Draws the validation matrix. Pure. */
export function validationView(scene: ValidationScene): PanelView {
  const { text, tone } = summary(scene);
  const { vantage = '' } = scene;
  return {
    title: l10n.t('Validation'),
    summary: text,
    tone,
    facts: [
      { name: l10n.t('Ports from outside'), value: portsText(scene) },
      ...(vantage === '' ? [] : [{ name: l10n.t('Tested from'), value: vantage }]),
      { name: scene.state === 'running' ? l10n.t('Begun') : l10n.t('Tested'), value: scene.at },
    ],
    columns: [
      l10n.t('Private address'),
      ...layers.map(layerName),
      ...(scene.rows.some(({ mail }) => mail !== undefined) ? [l10n.t('Mail')] : []),
    ],
    rows: scene.rows.map((row, index) => panelRow(row, index, scene)),
    buttons: buttons(scene),
    matrix: {
      hint: l10n.t('The arrow keys walk through the matrix; the pair chosen is shown below.'),
      legend: matrixLegend(),
    },
  };
}
