import { accessKeys } from '../emulator/emulator.ts';

/** Sends one request to another service of the emulator, or one of EC2's that the extension never sends. */
async function ask(
  endpoint: string,
  service: 'ec2' | 'elasticloadbalancing',
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const Version = service === 'ec2' ? '2016-11-15' : '2015-12-01';
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      // The emulator tells services apart by the scope, and checks no signature.
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeys.good}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ ...parameters, Version }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${parameters['Action'] ?? ''} was refused: ${text}`);
  return text;
}

/** Makes a NAT gateway; gives its id. */
export async function makeNatGateway(
  endpoint: string,
  SubnetId: string,
  AllocationId: string,
): Promise<string> {
  const text = await ask(endpoint, 'ec2', { Action: 'CreateNatGateway', SubnetId, AllocationId });
  return /<natGatewayId>([^<]+)</.exec(text)?.[1] ?? '';
}

/** Makes a load balancer in a subnet; one of the type `network` holds the EIP that it is given. */
export async function makeLoadBalancer(
  endpoint: string,
  name: string,
  subnetId: string,
  allocationId?: string,
): Promise<void> {
  const where: Record<string, string> =
    allocationId === undefined
      ? { Type: 'application', 'Subnets.member.1': subnetId }
      : {
          Type: 'network',
          'SubnetMappings.member.1.SubnetId': subnetId,
          'SubnetMappings.member.1.AllocationId': allocationId,
        };
  await ask(endpoint, 'elasticloadbalancing', { Action: 'CreateLoadBalancer', Name: name, ...where });
}
