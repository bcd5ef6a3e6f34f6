import * as l10n from '@vscode/l10n';

/** What EC2's own error codes mean for a person who gets several addresses onto an instance. */
const advice: Readonly<Record<string, () => string>> = {
  AddressLimitExceeded: () =>
    l10n.t(
      'This Region has no Elastic IP left in its quota. Release an idle one, or ask AWS for a higher quota (L-0263D0A3).',
    ),
  InsufficientAddressCapacity: () =>
    l10n.t('AWS has no Elastic IP to give in this Region just now. Try again later.'),
  VpcLimitExceeded: () =>
    l10n.t('This Region has as many VPCs as its quota allows. Use another Region or delete a VPC first.'),
  InternetGatewayLimitExceeded: () =>
    l10n.t(
      'This Region has as many internet gateways as its quota allows. Delete one that no VPC uses first.',
    ),
  NetworkInterfaceLimitExceeded: () =>
    l10n.t('This Region has as many network interfaces as its quota allows. Delete one first.'),
  RulesPerSecurityGroupLimitExceeded: () =>
    l10n.t('The security group is full. Remove a rule, or use fewer ports.'),
  VcpuLimitExceeded: () =>
    l10n.t(
      'The vCPU quota of this account does not allow another instance of this type. Choose a smaller type or ask AWS for a higher quota.',
    ),
  InsufficientInstanceCapacity: () =>
    l10n.t(
      'AWS has no room for this instance type in this Availability Zone just now. Choose another type or zone, or try later.',
    ),
  'InvalidKeyPair.NotFound': () =>
    l10n.t('The key pair is not in this Region. Choose one that is, or import your public key.'),
  'InvalidAMIID.NotFound': () =>
    l10n.t('The image is not in this Region. Image ids differ between Regions: look yours up there.'),
  'InvalidAMIID.Malformed': () => l10n.t('That is not an image id. One looks like ami-0123456789abcdef0.'),
  'Gateway.NotAttached': () =>
    l10n.t('The VPC has no internet gateway, so no Elastic IP can work there. Attach one first.'),
  IncorrectInstanceState: () =>
    l10n.t('The instance is just changing its state. Wait until it runs or has stopped, and try again.'),
  'Resource.AlreadyAssociated': () =>
    l10n.t('It is paired with something else already. Refresh, unpair it there first, and try again.'),
  InsufficientFreeAddressesInSubnet: () =>
    l10n.t('The subnet does not have enough free addresses. Use another subnet.'),
  PrivateIpAddressLimitExceeded: () =>
    l10n.t('The network interface cannot take that many addresses. Use fewer, or a larger instance type.'),
  'InvalidInterface.IpAddressLimitExceeded': () =>
    l10n.t(
      'The network interface has more addresses than this instance type takes. Choose a larger type or fewer addresses.',
    ),
  'InvalidIPAddress.InUse': () => l10n.t('The address is in use. Unpair it first, or choose another one.'),
  'InvalidAddress.Locked': () =>
    l10n.t('The Elastic IP is locked by its reverse DNS name. Remove that name first.'),
  'InvalidAddress.PtrSet': () =>
    l10n.t('The Elastic IP is locked by its reverse DNS name. Remove that name first.'),
  DependencyViolation: () =>
    l10n.t(
      'Something still uses it, so AWS does not delete it. Refresh to see what is left, remove that first, and try again.',
    ),
  OptInRequired: () => l10n.t('This account has not enabled this Region. Enable it, or choose another one.'),
  PendingVerification: () =>
    l10n.t('AWS is still verifying this account for the Region. It usually takes minutes; try again later.'),
  RequestExpired: () =>
    l10n.t('AWS finds the request too old. Set the clock of this computer right and sign in again.'),
};

/** The sentence for one of EC2's error codes, or `undefined` where AWS's own message says it best. */
export function awsAdvice(awsCode: string): string | undefined {
  return advice[awsCode]?.();
}
