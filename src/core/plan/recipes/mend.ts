import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { AclEntry, OpenPort } from '../changes.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, output, planBuilder } from '../planBuilder.ts';
import { idleEip, ownEni } from './pairing.ts';

/** One thing of a network that is missing, and that puts it right. */
export type MendSpec =
  | {
      readonly what: 'gateway';
      readonly vpcId: string;
      /** A gateway that stands by; without one a new one is made. */
      readonly gatewayId?: string;
      /** The table whose default route is to lead to it. */
      readonly routeTableId?: string;
      /** Pairs that were taken apart when the gateway went. */
      readonly pairs: readonly {
        readonly allocationId: string;
        readonly networkInterfaceId: string;
        readonly privateAddress: string;
      }[];
    }
  | {
      readonly what: 'route';
      readonly vpcId: string;
      readonly routeTableId: string;
      readonly destination: string;
      readonly gatewayId: string;
      /** What the route leads to now: it is deleted first. */
      readonly replaces?: string;
    }
  | {
      readonly what: 'ports';
      readonly groupId: string;
      readonly direction: 'ingress' | 'egress';
      readonly ports: readonly OpenPort[];
    }
  | { readonly what: 'acl'; readonly entry: AclEntry }
  | { readonly what: 'start'; readonly instanceId: string };

const ANYWHERE = '0.0.0.0/0';

/** Plans what puts one thing of the network right. Pure. */
export function planMend(spec: MendSpec, index: InventoryIndex, identity: PlanIdentity): Plan {
  const plan = planBuilder();
  switch (spec.what) {
    case 'gateway':
      addGateway(plan, spec, index);
      break;
    case 'route': {
      const { vpcId, routeTableId, destination, gatewayId: internetGatewayId, replaces } = spec;
      const first =
        replaces === undefined
          ? []
          : [plan.add('old-route', 'deleteRoute', { routeTableId, destination, target: replaces })];
      plan.add('route', 'createRoute', { vpcId, routeTableId, destination, internetGatewayId }, first);
      break;
    }
    case 'ports': {
      const { groupId, ports, direction } = spec;
      plan.add('ports', 'openPorts', { groupId, ports, ...(direction === 'egress' && { direction }) });
      break;
    }
    case 'acl':
      plan.add('acl', 'allowInAcl', spec.entry);
      break;
    case 'start':
      plan.add('start', 'startInstance', { instanceId: spec.instanceId });
      break;
  }
  return plan.build('mend', index.inventory, identity);
}

/** A gateway, the subnet's default route where that leads nowhere, and the pairs that went with the old one. */
function addGateway(
  plan: ReturnType<typeof planBuilder>,
  { vpcId, gatewayId, routeTableId, pairs }: Extract<MendSpec, { what: 'gateway' }>,
  index: InventoryIndex,
): void {
  if (gatewayId === undefined) plan.add('igw', 'createInternetGateway', { name: vpcId });
  const internetGatewayId = gatewayId ?? output('igw', 'internetGatewayId');
  plan.add('attach', 'attachInternetGateway', { internetGatewayId, vpcId });
  const table = index.inventory.routeTables.find(({ id }) => id === routeTableId);
  const target = table?.routes.find(({ destination }) => destination === ANYWHERE)?.target;
  // A route to a NAT gateway or an appliance was meant: only one to a gateway that is gone is replaced.
  const fits = target === undefined || (target.startsWith('igw-') && target !== gatewayId);
  if (table !== undefined && fits) {
    const route = { routeTableId: table.id, destination: ANYWHERE };
    const first = target === undefined ? [] : [plan.add('old-route', 'deleteRoute', { ...route, target })];
    plan.add('route', 'createRoute', { vpcId, ...route, internetGatewayId }, ['attach', ...first]);
  }
  for (const { allocationId, networkInterfaceId, privateAddress } of pairs) {
    idleEip(index, allocationId);
    ownEni(index, networkInterfaceId);
    const input = { allocationId, networkInterfaceId, privateAddress };
    plan.add(`pair ${privateAddress}`, 'associateEip', input, ['attach']);
  }
}
