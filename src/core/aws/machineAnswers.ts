import type * as Sdk from '@aws-sdk/client-ec2';
import type {
  Association,
  Eip,
  Eni,
  EniAttachment,
  Instance,
  KeyPair,
  PrivateAddress,
} from '../model/network.ts';
import { given, tagsOf } from './networkAnswers.ts';

/** An ENI as EC2 describes it, with the associations that this describe knows. */
export function eniOf(eni: Sdk.NetworkInterface): Eni {
  const managedBy = managerOf(eni);
  const attachment = attachmentOf(eni.Attachment);
  const prefixes = (eni.Ipv4Prefixes ?? []).flatMap(({ Ipv4Prefix }) => Ipv4Prefix ?? []);
  const addresses = (eni.PrivateIpAddresses ?? []).map(addressOf);
  return {
    id: eni.NetworkInterfaceId ?? '',
    vpcId: eni.VpcId ?? '',
    subnetId: eni.SubnetId ?? '',
    availabilityZone: eni.AvailabilityZone ?? '',
    mac: eni.MacAddress ?? '',
    description: eni.Description ?? '',
    status: eni.Status ?? '',
    groupIds: (eni.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    ...(attachment !== undefined && { attachment }),
    addresses: addresses.sort((a, b) => Number(b.primary) - Number(a.primary)),
    ...(prefixes.length > 0 && { prefixes }),
    ...(managedBy !== undefined && { managedBy }),
    tags: tagsOf(eni.TagSet),
  };
}

/** An EIP as EC2 describes it, with the association that this describe knows. */
export function eipOf(eip: Sdk.Address): Eip {
  const associationId = given(eip.AssociationId);
  const networkInterfaceId = given(eip.NetworkInterfaceId);
  const privateAddress = given(eip.PrivateIpAddress);
  const instanceId = given(eip.InstanceId);
  const paired =
    associationId !== undefined && networkInterfaceId !== undefined && privateAddress !== undefined;
  const managedBy = given(eip.ServiceManaged);
  return {
    allocationId: eip.AllocationId ?? '',
    publicIp: eip.PublicIp ?? '',
    ...(paired && {
      association: {
        associationId,
        networkInterfaceId,
        privateAddress,
        ...(instanceId !== undefined && { instanceId }),
      },
    }),
    ...(managedBy !== undefined && { managedBy }),
    tags: tagsOf(eip.Tags),
  };
}

/** An instance as EC2 describes it. */
export function instanceOf(instance: Sdk.Instance): Instance {
  const optional = {
    keyName: given(instance.KeyName),
    vpcId: given(instance.VpcId),
    subnetId: given(instance.SubnetId),
  };
  const present = Object.entries(optional).filter(([, value]) => value !== undefined);
  return {
    id: instance.InstanceId ?? '',
    state: instance.State?.Name ?? '',
    type: instance.InstanceType ?? '',
    imageId: instance.ImageId ?? '',
    ...Object.fromEntries(present),
    eniIds: (instance.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
    tags: tagsOf(instance.Tags),
  };
}

/** A key pair as EC2 describes it. */
export function keyPairOf(key: Sdk.KeyPairInfo): KeyPair {
  return { id: key.KeyPairId ?? '', name: key.KeyName ?? '', tags: tagsOf(key.Tags) };
}

/** Those that an account's owner makes; all others are a service's, such as a NAT gateway's. */
const OWN_TYPES = new Set<string>(['', 'interface', 'efa', 'efa-only', 'trunk', 'branch']);

function managerOf(eni: Sdk.NetworkInterface): string | undefined {
  if (eni.Operator?.Managed === true) return given(eni.Operator.Principal) ?? 'AWS';
  const type = eni.InterfaceType ?? '';
  // `nat_gateway` says more than the account that AWS runs it from.
  if (!OWN_TYPES.has(type)) return type;
  return eni.RequesterManaged === true ? (given(eni.RequesterId) ?? 'AWS') : undefined;
}

function attachmentOf(attachment: Sdk.NetworkInterfaceAttachment | undefined): EniAttachment | undefined {
  const instanceId = given(attachment?.InstanceId);
  if (attachment?.AttachmentId === undefined || instanceId === undefined) return undefined;
  return {
    id: attachment.AttachmentId,
    instanceId,
    deviceIndex: attachment.DeviceIndex ?? 0,
    deleteOnTermination: attachment.DeleteOnTermination ?? false,
  };
}

function addressOf(address: Sdk.NetworkInterfacePrivateIpAddress): PrivateAddress {
  const association = associationOf(address.Association);
  return {
    address: address.PrivateIpAddress ?? '',
    primary: address.Primary ?? false,
    ...(association !== undefined && { association }),
  };
}

function associationOf(association: Sdk.NetworkInterfaceAssociation | undefined): Association | undefined {
  const publicIp = given(association?.PublicIp);
  if (publicIp === undefined) return undefined;
  const allocationId = given(association?.AllocationId);
  return {
    associationId: association?.AssociationId ?? '',
    ...(allocationId !== undefined && { allocationId }),
    publicIp,
  };
}
