import * as l10n from '@vscode/l10n';
import type { OpenPort } from '../../core/plan/changes.ts';
import type { AnyChange, Change, ChangeKind, Plan, Value } from '../../core/plan/plan.ts';
import type { PanelWay, Shape, Station } from '../../panel/protocol.ts';

/** More than these are told by their number: the table below names each. */
const MOST_NAMES = 4;

/** What stands at a place: made by the plan, or there already and known by these names. */
interface Part {
  readonly shape: Shape;
  readonly title: string;
  readonly names: readonly string[];
  readonly made: boolean;
}

function isOf<K extends ChangeKind>(kind: K): (change: AnyChange) => change is Change<K> & AnyChange {
  return (change): change is Change<K> & AnyChange => change.kind === kind;
}

/** What an id is called where it is known before the plan is applied. */
function known(...values: readonly (Value | undefined)[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}

/** The picture of what a plan makes, from the Internet to the instance; `undefined` for what makes no whole stack. */
export function stackPicture({ recipe, changes, region }: Plan): PanelWay | undefined {
  if (recipe !== 'createStack') return undefined;
  const all = <K extends ChangeKind>(kind: K) => changes.filter(isOf(kind)).map(({ input }) => input);
  const [eni] = all('createEni');
  const [instance] = all('launchInstance');
  if (eni === undefined || instance === undefined) return undefined;
  const [vpc] = all('createVpc');
  const [subnet] = all('createSubnet');
  const [gateway] = all('createInternetGateway');
  const [route] = all('createRoute');
  const [group] = all('createSecurityGroup');
  const ports = all('openPorts').flatMap((opened) => opened.ports);
  const parts: readonly Part[] = [
    part('gateway', l10n.t('Internet gateway'), gateway && [gateway.name], known(route?.internetGatewayId)),
    part('route', l10n.t('Route'), route && [route.destination], ['0.0.0.0/0']),
    part('net', l10n.t('Subnet'), subnet && [subnet.name, subnet.cidr], known(eni.subnetId)),
    part(
      'shield',
      l10n.t('Security group'),
      group && [group.name, ...portNames(ports)],
      known(...eni.groupIds),
    ),
    part('card', l10n.t('ENI'), [eni.name]),
    part(
      'pairing',
      l10n.t('Addresses with Elastic IPs'),
      few(all('associateEip').map(({ privateAddress }) => privateAddress)),
    ),
    part('host', l10n.t('Instance'), [instance.name, instance.instanceType]),
  ];
  const [there] = known(subnet?.vpcId, group?.vpcId, route?.vpcId);
  const made = vpc && l10n.t('VPC “{0}” {1}', vpc.name, vpc.cidr);
  const where = made ?? (there === undefined ? region : `VPC ${there}`);
  const label = l10n.t('What there will be in {0}', where);
  return { label, stations: [internet(), ...parts.map(station)] };
}

function part(
  shape: Shape,
  title: string,
  made: readonly string[] | undefined,
  there: readonly string[] = [],
): Part {
  return { shape, title, names: made ?? there, made: made !== undefined };
}

function portNames(ports: readonly OpenPort[]): readonly string[] {
  if (ports.length === 0) return [];
  const ranges = ports.map(({ fromPort: from, toPort: to }) => (from === to ? `${from}` : `${from}–${to}`));
  const [first = '', ...others] = new Set(ranges);
  return [
    others.length === 0 ? l10n.t('Port {0}', first) : l10n.t('Ports {0}', [first, ...others].join(', ')),
  ];
}

function few(names: readonly string[]): readonly string[] {
  if (names.length <= MOST_NAMES) return names;
  const shown = names.slice(0, MOST_NAMES - 1);
  return [...shown, l10n.t('and {0} more', names.length - shown.length)];
}

const open = { inward: 'open', outward: 'open', columns: [] } as const;

function internet(): Station {
  return { shape: 'internet', title: l10n.t('Internet'), names: [], tone: 'plain', state: '', ...open };
}

function station({ shape, title, names, made }: Part): Station {
  const state = made ? l10n.t('New') : l10n.t('There already');
  return { shape, title, names, tone: made ? 'add' : 'plain', state, ...open };
}
