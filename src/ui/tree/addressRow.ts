import * as l10n from '@vscode/l10n';
import type { Eni, PrivateAddress } from '../../core/model/network.ts';
import type { PairProof } from '../../core/probe/proof.ts';
import { shortTimeText, timeText } from '../../words/time.ts';
import type { RowToken } from '../contributions.ts';
import type { ProofBook, ProvenPair } from '../proofBook.ts';
import type { Mark, Row } from './row.ts';

interface Look {
  readonly icon: string;
  readonly mark?: Mark;
  readonly word: string;
}

function provenLook({ inbound, outbound }: PairProof): Look {
  const states = [inbound.state, outbound.state];
  if (states.includes('failed')) return { icon: 'error', mark: 'failing', word: l10n.t('fails') };
  if (states.includes('running') || states.includes('pending'))
    return { icon: 'loading~spin', word: l10n.t('testing…') };
  if (states.every((state) => state === 'passed'))
    return { icon: 'pass-filled', mark: 'proven', word: l10n.t('works') };
  return { icon: 'question', mark: 'unproven', word: l10n.t('partly proven') };
}

function look(address: PrivateAddress, proven: ProvenPair | undefined): Look {
  if (address.association === undefined) return { icon: 'circle-outline', word: l10n.t('no Elastic IP') };
  return proven === undefined ? { icon: 'link', word: l10n.t('not proven yet') } : provenLook(proven.proof);
}

function osWord(there: boolean): string {
  return there ? l10n.t('in the OS') : l10n.t('not in the OS');
}

/** One address pair of an ENI: the private address and, where it has one, its EIP. */
export function addressRow(eni: Eni, address: PrivateAddress, running: boolean, proofs: ProofBook): Row {
  const publicIp = address.association?.publicIp;
  const proven = proofs.get(eni.id, address.address, publicIp);
  const { icon, mark, word } = look(address, proven);
  const os = proofs.os(eni.id, address.address);
  const inOs = os === undefined ? [] : [osWord(os.there)];
  const state = proven === undefined ? [] : [l10n.t('{0} at {1}', word, shortTimeText(proven.at))];
  const role = address.primary ? l10n.t('primary') : l10n.t('secondary');
  const elastic = address.association?.allocationId !== undefined;
  const tokens: RowToken[] = [publicIp === undefined ? 'unpaired' : 'paired'];
  // An auto-assigned public IP comes and goes with the instance: nobody can unpair it.
  if (eni.managedBy === undefined && (publicIp === undefined || elastic)) tokens.push('editable');
  if (running) tokens.push('running');
  return {
    id: `${eni.id}/${address.address}`,
    target: { kind: 'address', eniId: eni.id, address: address.address },
    label: address.address,
    description: [...(publicIp === undefined ? [] : [publicIp]), role, ...inOs, ...state].join(' · '),
    tooltip: [
      l10n.t('Private address: {0} ({1})', address.address, role),
      publicIp === undefined
        ? l10n.t('No Elastic IP')
        : elastic
          ? l10n.t('Elastic IP: {0}', publicIp)
          : l10n.t('Auto-assigned public IP: {0}', publicIp),
      os === undefined
        ? l10n.t('Operating system: not looked at yet')
        : l10n.t('Operating system: {0}, seen at {1}', osWord(os.there), timeText(os.at)),
      l10n.t('State: {0}', word),
      ...(proven === undefined ? [] : [l10n.t('Last tested {0}', timeText(proven.at))]),
    ],
    icon,
    ...(mark === undefined ? {} : { mark, color: `ec2MultiIp.${mark}` }),
    tokens,
  };
}
