/** One numbered rule of a network ACL, for IPv4; the lowest number that matches decides. */
export interface NetworkAclRule {
  readonly number: number;
  readonly egress: boolean;
  /** An IANA protocol number such as `6` for TCP, or `-1` for all. */
  readonly protocol: string;
  readonly allow: boolean;
  readonly cidr: string;
  /** Absent where all ports are meant. */
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** A network ACL with the subnets that it stands before; its rules are in the order in which they decide. */
export interface NetworkAcl {
  readonly id: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly subnetIds: readonly string[];
  readonly rules: readonly NetworkAclRule[];
}

/** The ACL of a subnet: its own, or else the VPC's default one. */
export function aclOfSubnet(
  acls: readonly NetworkAcl[],
  subnetId: string,
  vpcId: string,
): NetworkAcl | undefined {
  return (
    acls.find(({ subnetIds }) => subnetIds.includes(subnetId)) ??
    acls.find((acl) => acl.vpcId === vpcId && acl.isDefault)
  );
}
