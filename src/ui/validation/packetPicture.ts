import * as l10n from '@vscode/l10n';
import type { Finding } from '../../core/diagnose/finding.ts';
import { layerOf, layers, stopsOf } from '../../core/diagnose/layers.ts';
import type { Layer } from '../../core/diagnose/layers.ts';
import type { RunRow } from '../../core/diagnose/run.ts';
import type { LinkState, PanelWay, Shape, Station, Tone } from '../../panel/protocol.ts';
import { layerName } from '../../words/layerText.ts';
import { layerCell } from './layerCells.ts';

/** A station as it is thought of: the layers of the matrix that are about it, and whether a finding is. */
interface Stop {
  readonly shape: Shape;
  readonly title: string;
  readonly names: readonly string[];
  readonly layers: readonly Layer[];
  readonly about: (found: Finding) => boolean;
}

/** Findings of the last layers that are not the guest's own fault. */
const outside = new Set<Finding['code']>(['vantageOffline', 'vantageBlocked', 'port25Blocked']);

/** `names` without those that are not known. */
function stop(
  shape: Shape,
  title: string,
  names: readonly (string | undefined)[],
  ...of: readonly Layer[]
): Stop {
  const about = (found: Finding) => !outside.has(found.code) && of.some((layer) => layer === layerOf(found));
  const known = names.flatMap((name = '') => (name === '' ? [] : [name]));
  return { shape, title, names: known.length === 0 ? ['–'] : known, layers: of, about };
}

function stopsOn({ pair, way }: RunRow): readonly Stop[] {
  const { vantage = '' } = way ?? {};
  const eni = [pair.networkInterfaceId, way?.instanceId];
  const ports = way === undefined || way.ports.length === 0 ? [] : [l10n.t('Port {0}', way.ports.join(', '))];
  const outermost = [vantage === '' ? l10n.t('this machine') : vantage, way?.from];
  return [
    { ...stop('internet', l10n.t('Internet'), outermost), about: ({ code }) => outside.has(code) },
    stop('gateway', layerName('gateway'), [way?.gatewayId], 'gateway'),
    stop('pairing', l10n.t('Elastic IP'), [pair.publicIp], 'association'),
    stop('route', layerName('route'), [way?.routeTableId], 'route'),
    stop('wall', layerName('networkAcl'), [way?.networkAclId], 'networkAcl'),
    stop('shield', layerName('securityGroup'), way?.groupIds ?? [], 'securityGroup'),
    stop('card', l10n.t('ENI'), eni, 'instance'),
    stop('tag', l10n.t('Address in the OS'), [pair.privateAddress, way?.nic], 'address', 'onDisk'),
    stop('host', l10n.t('Operating system'), ports, 'hostFirewall', 'wayBack', 'inbound'),
  ];
}

/** The state of a station: the worst of its layers'. */
function toneOf(row: RunRow, { layers: of }: Stop, faults: readonly Finding[], running: boolean): Tone {
  if (faults.length > 0) return 'bad';
  // Whether it is proven is no layer of the machine: it may fail for the fault of another.
  const cells = of.filter((layer) => layer !== 'inbound').map((layer) => layerCell(row, layer, running));
  const order: readonly Tone[] = ['bad', 'doubtful', 'waiting'];
  const fallback: Tone = of.length === 0 && row.way === undefined ? 'waiting' : 'good';
  return order.find((tone) => cells.some((cell) => cell.tone === tone)) ?? fallback;
}

function stateWord(tone: Tone): string {
  if (tone === 'bad') return l10n.t('At fault');
  if (tone === 'good') return l10n.t('In order');
  return tone === 'waiting' ? l10n.t('Waiting') : l10n.t('Not looked at');
}

/** How far a packet gets over each link, one before each station: open up to the first fault. */
function linkStates(broken: readonly boolean[], known: boolean, order: 'inward' | 'outward'): LinkState[] {
  const inOrder = order === 'inward' ? broken : [...broken].reverse();
  const first = inOrder.indexOf(true);
  const states = inOrder.map((fails, index): LinkState => {
    if (fails) return 'broken';
    if (first >= 0 && index > first) return 'beyond';
    return known ? 'open' : 'unknown';
  });
  return order === 'inward' ? states : states.reverse();
}

/** Draws the way of a packet to a pair and back, with the links that are broken. Pure. */
export function packetPicture(row: RunRow, running: boolean): PanelWay {
  const stops = stopsOn(row);
  const { findings = [], way } = row;
  const faults = stops.map(({ about }) => findings.filter(about));
  const stopped = (index: number, direction: 'in' | 'out') =>
    (faults[index] ?? []).some((found) => [direction, 'both'].includes(stopsOf(found)));
  const last = stops.length - 1;
  // What comes in is stopped on the link to the station, what goes out on the link that leads to it from within.
  const inward = stops.map((_, link) => stopped(link, 'in') || (link === 1 && stopped(0, 'in')));
  const outward = stops.map(
    (_, link) => (link > 0 && stopped(link - 1, 'out')) || (link === last && stopped(last, 'out')),
  );
  const states = {
    inward: linkStates(inward.slice(1), way !== undefined, 'inward'),
    outward: linkStates(outward.slice(1), way !== undefined, 'outward'),
  };
  const stations = stops.map((one, index): Station => {
    const { shape, title, names } = one;
    const tone = toneOf(row, one, faults[index] ?? [], running);
    return {
      ...{ shape, title, names, tone, state: stateWord(tone) },
      inward: states.inward[index - 1] ?? 'unknown',
      outward: states.outward[index - 1] ?? 'unknown',
      // The matrix has the pair itself in its first column.
      columns: one.layers.map((layer) => layers.indexOf(layer) + 1),
    };
  });
  return {
    label: l10n.t('The way of a packet to {0}', row.pair.privateAddress),
    stations,
    legend: {
      inward: l10n.t('from outside'),
      outward: l10n.t('to the outside'),
      broken: l10n.t('stopped here'),
    },
  };
}
