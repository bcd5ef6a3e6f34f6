import * as l10n from '@vscode/l10n';
import type { PairProof, PairUnderTest, Verdict } from '../../core/probe/proof.ts';
import type { Cell, PanelButton, PanelRow, PanelView, Tone } from '../../panel/protocol.ts';
import { verdictSentence, verdictWord } from '../../words/verdictText.ts';

/** One pair that is being validated, and what is known of it so far. */
export interface ValidationRow {
  readonly pair: PairUnderTest;
  /** What a person calls the ENI. */
  readonly eni: string;
  readonly primary: boolean;
  readonly proof?: PairProof;
}

/** All that the validation panel is drawn from. */
export interface ValidationScene {
  readonly rows: readonly ValidationRow[];
  readonly state: 'running' | 'done' | 'failed';
  readonly ports: readonly number[];
  /** When the state was reached, as a person reads it. */
  readonly at: string;
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
  const time = 'milliseconds' in verdict ? l10n.t('{0} ms', Math.round(verdict.milliseconds)) : undefined;
  const detail = [verdictSentence(verdict), time].filter((part) => part !== undefined).join(' ');
  return {
    text: verdictWord(verdict),
    tone: tones[verdict.state],
    ...(detail === '' ? {} : { detail }),
  };
}

function pairingCell({ publicIp }: PairUnderTest): Cell {
  return publicIp === undefined
    ? { text: l10n.t('No Elastic IP'), tone: 'bad' }
    : { text: publicIp, tone: 'good', detail: l10n.t('Paired in EC2') };
}

function panelRow({ pair, eni, primary, proof }: ValidationRow): PanelRow {
  const role = primary ? l10n.t('primary') : l10n.t('secondary');
  return {
    id: `${pair.networkInterfaceId}/${pair.privateAddress}`,
    cells: [
      { text: pair.privateAddress, detail: `${eni} · ${role}`, tone: 'plain' },
      pairingCell(pair),
      verdictCell(proof?.inbound),
      verdictCell(proof?.outbound),
    ],
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
  if (good === rows.length) return { text, tone: 'good' };
  const fails = rows.some(
    ({ proof }) => proof?.inbound.state === 'failed' || proof?.outbound.state === 'failed',
  );
  return { text, tone: fails ? 'bad' : 'doubtful' };
}

function buttons({ state }: ValidationScene): readonly PanelButton[] {
  return state === 'running'
    ? [{ id: 'cancel', label: l10n.t('Cancel') }]
    : [{ id: 'again', label: l10n.t('Validate Again'), primary: true }];
}

/** Draws the validation matrix. Pure. */
export function validationView(scene: ValidationScene): PanelView {
  const { text, tone } = summary(scene);
  return {
    title: l10n.t('Validation'),
    summary: text,
    tone,
    facts: [
      { name: l10n.t('Ports from outside'), value: scene.ports.join(', ') },
      { name: scene.state === 'running' ? l10n.t('Begun') : l10n.t('Tested'), value: scene.at },
    ],
    columns: [
      l10n.t('Private address'),
      l10n.t('EC2 pairing'),
      l10n.t('From outside'),
      l10n.t('To the outside'),
    ],
    rows: scene.rows.map(panelRow),
    buttons: buttons(scene),
  };
}
