import * as l10n from '@vscode/l10n';

/** What the core calls the things and fields that its errors are about. */
const words: Readonly<Record<string, () => string>> = {
  address: () => l10n.t('address'),
  'Elastic IP': () => l10n.t('Elastic IP'),
  'network interface': () => l10n.t('network interface'),
  plan: () => l10n.t('plan'),
  image: () => l10n.t('image'),
  instance: () => l10n.t('instance'),
  'internet gateway': () => l10n.t('internet gateway'),
  'key pair': () => l10n.t('key pair'),
  'primary Elastic IP': () => l10n.t('Elastic IP of the primary address'),
  'private address': () => l10n.t('private address'),
  domainName: () => l10n.t('reverse DNS name'),
  addresses: () => l10n.t('addresses'),
  'security group': () => l10n.t('security group'),
  stack: () => l10n.t('stack'),
  step: () => l10n.t('step'),
  route: () => l10n.t('route'),
  subnet: () => l10n.t('subnet'),
  VPC: () => l10n.t('VPC'),
  'instance.instanceType': () => l10n.t('instance type'),
  'instance.key.name': () => l10n.t('key pair'),
  'securityGroup.description': () => l10n.t('description of the security group'),
  'securityGroup.name': () => l10n.t('name of the security group'),
  'securityGroup.ports': () => l10n.t('open ports'),
};

/** The word for a thing or field in the user's language; one that has none is shown as the core wrote it. */
export function thing(name: string): string {
  return words[name]?.() ?? name;
}
