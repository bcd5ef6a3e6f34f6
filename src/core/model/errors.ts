/** Bad addresses and ranges. */
export interface AddressErrors {
  'address.invalid': { readonly value: string };
  'cidr.invalid': { readonly value: string };
  /** Bits are set below the prefix length; `canonical` is the range without them. */
  'cidr.hostBits': { readonly value: string; readonly canonical: string };
  /** EC2 takes /16 to /28. */
  'cidr.size': { readonly value: string; readonly prefixLength: number };
  'cidr.outsideVpc': { readonly subnet: string; readonly vpc: string };
  'cidr.overlaps': { readonly subnet: string; readonly other: string };
  'address.outsideSubnet': { readonly address: string; readonly subnet: string };
  /** The first four addresses of a subnet and its last belong to AWS. */
  'address.reserved': { readonly address: string; readonly subnet: string };
  'address.taken': { readonly address: string; readonly by: string };
  'address.twice': { readonly address: string };
}
