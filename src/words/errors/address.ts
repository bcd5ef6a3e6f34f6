import * as l10n from '@vscode/l10n';
import type { AddressErrors } from '../../core/model/errors.ts';
import type { Sentences } from './sentences.ts';

/** What is wrong with an address or a range, and what would be right. */
export const addressSentences: Sentences<AddressErrors> = {
  'address.invalid': ({ value }) =>
    l10n.t('“{0}” is not an IPv4 address. Write four numbers from 0 to 255, such as 192.168.1.101.', value),
  'cidr.invalid': ({ value }) =>
    l10n.t(
      '“{0}” is not an IPv4 range. Write its first address and its size, such as 192.168.1.0/24.',
      value,
    ),
  'cidr.hostBits': ({ value, canonical }) =>
    l10n.t('{0} does not begin at its first address. Write {1}.', value, canonical),
  'cidr.size': ({ value, prefixLength }) =>
    l10n.t('{0} is a /{1}; EC2 takes ranges from /16 to /28. Choose a size in between.', value, prefixLength),
  'cidr.outsideVpc': ({ subnet, vpc }) =>
    l10n.t('The subnet {0} is not inside the VPC {1}. Choose a range that is.', subnet, vpc),
  'cidr.overlaps': ({ subnet, other }) =>
    l10n.t('{0} overlaps the subnet {1} of this VPC. Choose a range that is free.', subnet, other),
  'address.outsideSubnet': ({ address, subnet }) =>
    l10n.t('{0} is not in the subnet {1}. Choose an address from it.', address, subnet),
  'address.reserved': ({ address, subnet }) =>
    l10n.t(
      '{0} belongs to AWS: the first four addresses of {1} and its last cannot be used. Choose another one.',
      address,
      subnet,
    ),
  'address.taken': ({ address, by }) =>
    l10n.t('{0} is taken already, by {1}. Choose another address.', address, by),
  'address.twice': ({ address }) => l10n.t('{0} is given twice. Each address can be used once.', address),
};
