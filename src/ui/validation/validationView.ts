import * as l10n from '@vscode/l10n';
import type { Finding } from '../../core/diagnose/finding.ts';
import type { RunRow } from '../../core/diagnose/run.ts';
import type { PairUnderTest, Verdict } from '../../core/probe/proof.ts';
import type { Cell, PanelButton, PanelNote, PanelRow, PanelView, Tone } from '../../panel/protocol.ts';
import { findingWords, fixLabel } from '../../words/findingText.ts';
import { verdictSentence, verdictWord } from '../../words/verdictText.ts';
import { waysAgree, waysText } from '../../words/waysText.ts';
import { fixButton } from './fixButton.ts';
import { mailNote } from './mailNote.ts';

/** One pair that is being validated, and what is known of it so far. */
export type ValidationRow = RunRow;

/** All that the validation panel is drawn from. */
export interface ValidationScene {
  readonly rows: readonly ValidationRow[];
  readonly state: 'running' | 'done' | 'failed';
  readonly ports: readonly number[];
  /** When the state was reached, as a person reads it. */
  readonly at: string;
  /** The host that is tested from, where that is not this machine. */
  readonly vantage?: string;
  /** What kept the whole from being tested. */
  readonly problem?: string;
}

const tones: Readonly<Record<Verdict['state'], Tone>> = {
  pending: 'waiting',
  running: 'busy',
  passed: 'good',
  failed: 'bad',
  unproven: 'doubtful',
};

function verdictCell(verdict: Verdict | undefined): Cell {
  if (verdict === undefined) return { text: l10n.t('Waiting'), tone: 'waiting' };
  // A failure that was seen at once, such as an address that is not there, took no time worth telling.
  const milliseconds = 'milliseconds' in verdict ? Math.round(verdict.milliseconds) : 0;
  const time = milliseconds === 0 ? undefined : l10n.t('{0} ms', milliseconds);
  const detail = [verdictSentence(verdict), time].filter((part) => part !== undefined).join(' ');
  return {
    text: verdictWord(verdict),
    tone: tones[verdict.state],
    ...(detail === '' ? {} : { detail }),
  };
}

function pairingCell({ publicIp }: PairUnderTest, { ways }: ValidationRow): Cell {
  if (publicIp === undefined) return { text: l10n.t('No Elastic IP'), tone: 'bad' };
  // The one that it had before, which EC2 does not show here any more.
  if (ways !== undefined && ways.ec2.publicIp !== publicIp) {
    return { text: publicIp, tone: 'bad', detail: l10n.t('Not paired any more') };
  }
  return { text: publicIp, tone: 'good', detail: l10n.t('Paired in EC2') };
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

function panelRow(row: ValidationRow, index: number): PanelRow {
  const { pair, eni, primary, proof, findings = [] } = row;
  const notes = [
    ...findings.map((found, at) => note(found, fixButton(index, at))),
    ...(row.mail === undefined ? [] : [mailNote(row.mail)]),
  ];
  const role = primary ? l10n.t('primary') : l10n.t('secondary');
  return {
    id: `${pair.networkInterfaceId}/${pair.privateAddress}`,
    cells: [
      { text: pair.privateAddress, detail: `${eni} · ${role}`, tone: 'plain' },
      pairingCell(pair, row),
      verdictCell(proof?.inbound),
      verdictCell(proof?.outbound),
      waysCell(row),
    ],
    ...(notes.length > 0 && { notes }),
  };
}

function works({ proof }: ValidationRow): boolean {
  return proof?.inbound.state === 'passed' && proof.outbound.state === 'passed';
}

function summary({ rows, state, problem }: ValidationScene): { readonly text: string; readonly tone: Tone } {
  const good = rows.filter(works).length;
  if (problem !== undefined) return { text: problem, tone: 'bad' };
  if (state === 'running')
    return { text: l10n.t('Testing… {0} of {1} pairs work so far', good, rows.length), tone: 'busy' };
  const text = l10n.t('{0} of {1} pairs work in both directions', good, rows.length);
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
      { name: l10n.t('Ports from outside'), value: scene.ports.join(', ') },
      ...(vantage === '' ? [] : [{ name: l10n.t('Tested from'), value: vantage }]),
      { name: scene.state === 'running' ? l10n.t('Begun') : l10n.t('Tested'), value: scene.at },
    ],
    columns: [
      l10n.t('Private address'),
      l10n.t('EC2 pairing'),
      l10n.t('From outside'),
      l10n.t('To the outside'),
      l10n.t('Four views'),
    ],
    rows: scene.rows.map(panelRow),
    buttons: buttons(scene),
  };
}
