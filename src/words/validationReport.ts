import * as l10n from '@vscode/l10n';
import type { RunRow, ValidationRun } from '../core/diagnose/run.ts';
import type { Verdict } from '../core/probe/proof.ts';
import { findingWords } from './findingText.ts';
import { mailText } from './mailText.ts';
import { portsText } from './runText.ts';
import { dayText } from './time.ts';
import { verdictSentence, verdictWord } from './verdictText.ts';
import { waysText } from './waysText.ts';

/** Text of the guest or of EC2 that must not become a table, a link or HTML. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|!]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
}

function verdictCell(verdict: Verdict | undefined): string {
  if (verdict === undefined) return l10n.t('Waiting');
  const sentence = verdictSentence(verdict);
  const time = 'milliseconds' in verdict ? ` (${l10n.t('{0} ms', Math.round(verdict.milliseconds))})` : '';
  const word = `**${verdictWord(verdict)}**`;
  return sentence === undefined ? word : `${word}: ${escaped(sentence)}${time}`;
}

function rowOf({ pair, eni, proof, ways }: RunRow): string {
  const cells = [
    `\`${pair.privateAddress}\` (${escaped(eni)})`,
    pair.publicIp === undefined ? l10n.t('No Elastic IP') : `\`${pair.publicIp}\``,
    verdictCell(proof?.inbound),
    verdictCell(proof?.outbound),
    ways === undefined ? '' : escaped(waysText(ways)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function findingsOf({ pair, findings = [] }: RunRow): readonly string[] {
  return findings.flatMap((found) => {
    const { fault, advice } = findingWords(found);
    return [
      `- \`${pair.privateAddress}\`: ${escaped(fault)} ${escaped(advice)}`,
      ...found.evidence.map(({ source, shown }) => `  - ${escaped(source)}: ${escaped(shown)}`),
    ];
  });
}

/** A validation as Markdown: a table of all pairs, then what is at fault with what was seen. */
export function validationMarkdown(run: ValidationRun): string {
  const { at, region, vantage, rows } = run;
  const columns = [
    l10n.t('Private address'),
    l10n.t('EC2 pairing'),
    l10n.t('From outside'),
    l10n.t('To the outside'),
    l10n.t('Four views'),
  ];
  const findings = rows.flatMap(findingsOf);
  const mails = rows.flatMap(({ pair, mail }) =>
    mail === undefined ? [] : [`- \`${pair.privateAddress}\`: ${escaped(mailText(mail))}`],
  );
  return [
    `## ${l10n.t('Validation')}: ${escaped(region)}, ${dayText(new Date(at))}`,
    '',
    `${l10n.t('Ports from outside')}: ${portsText(run)} · ${l10n.t('Tested from')}: ${escaped(vantage || l10n.t('this machine'))}`,
    '',
    `| ${columns.join(' | ')} |`,
    `|${' --- |'.repeat(columns.length)}`,
    ...rows.map(rowOf),
    ...(mails.length === 0 ? [] : ['', `### ${l10n.t('Mail')}`, '', ...mails]),
    ...(findings.length === 0 ? [] : ['', `### ${l10n.t('At fault')}`, '', ...findings]),
    '',
  ].join('\n');
}
