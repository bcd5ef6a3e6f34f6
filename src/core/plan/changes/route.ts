import type { RouteTable } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import { targetOf } from '../../aws/networkAnswers.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler, KnownInput } from '../handler.ts';
import { absentIfNotFound, gone, ifGone } from './gone.ts';

/** Adds a route to an internet gateway; nothing answers from outside without one. */
export function createRoute(ec2: Ec2): ChangeHandler<'createRoute'> {
  return {
    perform: async (input) => {
      const routeTableId = input.routeTableId ?? (await tableOf(ec2, input)).RouteTableId ?? '';
      await ec2.createRoute({
        RouteTableId: routeTableId,
        DestinationCidrBlock: input.destination,
        GatewayId: input.internetGatewayId,
      });
      return { routeTableId };
    },
    find: async (input, { signal }) => {
      const { Routes, RouteTableId } = await tableOf(ec2, input, signal);
      const route = Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === input.destination);
      return route?.GatewayId === input.internetGatewayId && RouteTableId !== undefined
        ? { routeTableId: RouteTableId }
        : undefined;
    },
    inverse: ({ destination, internetGatewayId }, { routeTableId = '' }) => ({
      kind: 'deleteRoute',
      input: { routeTableId, destination, target: internetGatewayId },
    }),
  };
}

/** Deletes a route. */
export function deleteRoute(ec2: Ec2): ChangeHandler<'deleteRoute'> {
  return {
    repeatable: true,
    before: async ({ routeTableId, destination, target }, step) => {
      const answer = await ec2
        .describeRouteTables({ RouteTableIds: [routeTableId] }, step)
        .catch(absentIfNotFound);
      const route = answer?.RouteTables?.[0]?.Routes?.find((r) => r.DestinationCidrBlock === destination);
      if (route !== undefined && targetOf(route) !== target) {
        throw new CoreError('plan.changedMeanwhile', { what: 'route', id: destination });
      }
    },
    perform: ({ routeTableId, destination }) =>
      gone(ec2.deleteRoute({ RouteTableId: routeTableId, DestinationCidrBlock: destination })),
    // One that leads elsewhere is another route: what replaces this one may be there by the time of the look.
    find: ({ routeTableId, destination, target }, step) =>
      ifGone(
        ec2.describeRouteTables({ RouteTableIds: [routeTableId] }, step),
        ({ RouteTables }) =>
          RouteTables?.[0]?.Routes?.some(
            (route) => route.DestinationCidrBlock === destination && targetOf(route) === target,
          ) ?? false,
      ),
    inverse: () => undefined,
  };
}

/** Deletes a route table that serves no subnet and is not a main one. */
export function deleteRouteTable(ec2: Ec2): ChangeHandler<'deleteRouteTable'> {
  return {
    repeatable: true,
    perform: ({ routeTableId }) => gone(ec2.deleteRouteTable({ RouteTableId: routeTableId })),
    find: ({ routeTableId }, step) =>
      ifGone(
        ec2.describeRouteTables({ RouteTableIds: [routeTableId] }, step),
        ({ RouteTables = [] }) => RouteTables.length > 0,
      ),
    inverse: () => undefined,
    notYet: ['DependencyViolation'],
  };
}

async function tableOf(
  ec2: Ec2,
  { vpcId, routeTableId }: KnownInput<'createRoute'>,
  signal?: AbortSignal,
): Promise<RouteTable> {
  const mainOfVpc = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'association.main', Values: ['true'] },
  ];
  const which = routeTableId === undefined ? { Filters: mainOfVpc } : { RouteTableIds: [routeTableId] };
  const table = (await ec2.describeRouteTables(which, { signal })).RouteTables?.[0];
  if (table?.RouteTableId === undefined) {
    // The same code as EC2's own, so that a table that is not visible yet is waited for.
    const awsMessage = `VPC ${vpcId} shows no main route table yet.`;
    const awsCode = 'InvalidRouteTableID.NotFound';
    throw new CoreError('aws.refused', { action: 'ec2:DescribeRouteTables', awsCode, awsMessage });
  }
  return table;
}
