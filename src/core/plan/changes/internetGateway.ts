import type { Ec2 } from '../../aws/ec2.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';
import { idIn, madeBy, tagsOn } from './tags.ts';

/** Makes an internet gateway. */
export function createInternetGateway(ec2: Ec2): ChangeHandler<'createInternetGateway'> {
  return {
    findsByTag: true,
    perform: async ({ name }, step) => {
      const { InternetGateway } = await ec2.createInternetGateway(tagsOn('internet-gateway', step, name));
      return { internetGatewayId: idIn(InternetGateway?.InternetGatewayId, 'ec2:CreateInternetGateway') };
    },
    find: async (_, step) => {
      const { InternetGateways } = await ec2.describeInternetGateways(madeBy(step), step);
      const id = InternetGateways?.[0]?.InternetGatewayId;
      return id === undefined ? undefined : { internetGatewayId: id };
    },
    inverse: (_, { internetGatewayId = '' }) => ({
      kind: 'deleteInternetGateway',
      input: { internetGatewayId },
    }),
  };
}

/** Attaches an internet gateway to a VPC. */
export function attachInternetGateway(ec2: Ec2): ChangeHandler<'attachInternetGateway'> {
  return {
    perform: async ({ internetGatewayId, vpcId }) => {
      await ec2.attachInternetGateway({ InternetGatewayId: internetGatewayId, VpcId: vpcId });
      return {};
    },
    find: async ({ internetGatewayId, vpcId }, { signal }) =>
      (await isAttached(ec2, internetGatewayId, vpcId, signal)) ? {} : undefined,
    inverse: ({ internetGatewayId, vpcId }) => ({
      kind: 'detachInternetGateway',
      input: { internetGatewayId, vpcId },
    }),
  };
}

/** Detaches an internet gateway from a VPC in which no public address is mapped any more. */
export function detachInternetGateway(ec2: Ec2): ChangeHandler<'detachInternetGateway'> {
  return {
    repeatable: true,
    perform: ({ internetGatewayId, vpcId }) =>
      gone(
        ec2.detachInternetGateway({ InternetGatewayId: internetGatewayId, VpcId: vpcId }),
        'Gateway.NotAttached',
      ),
    find: ({ internetGatewayId, vpcId }, { signal }) =>
      ifGone(isAttached(ec2, internetGatewayId, vpcId, signal), (attached) => attached),
    inverse: ({ internetGatewayId, vpcId }) => ({
      kind: 'attachInternetGateway',
      input: { internetGatewayId, vpcId },
    }),
    notYet: ['DependencyViolation'],
  };
}

/** Deletes an internet gateway that is attached to no VPC. */
export function deleteInternetGateway(ec2: Ec2): ChangeHandler<'deleteInternetGateway'> {
  return {
    repeatable: true,
    perform: ({ internetGatewayId }) =>
      gone(ec2.deleteInternetGateway({ InternetGatewayId: internetGatewayId })),
    find: ({ internetGatewayId }, step) =>
      ifGone(
        ec2.describeInternetGateways({ InternetGatewayIds: [internetGatewayId] }, step),
        ({ InternetGateways = [] }) => InternetGateways.length > 0,
      ),
    inverse: () => undefined,
    notYet: ['DependencyViolation'],
  };
}

async function isAttached(
  ec2: Ec2,
  gatewayId: string,
  vpcId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { InternetGateways } = await ec2.describeInternetGateways(
    { InternetGatewayIds: [gatewayId] },
    { signal },
  );
  return InternetGateways?.[0]?.Attachments?.some((attachment) => attachment.VpcId === vpcId) ?? false;
}
