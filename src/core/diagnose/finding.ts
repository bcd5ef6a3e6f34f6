import type { Fix } from './fix.ts';

/** What each kind of finding knows; one kind is one layer at fault. */
export interface FindingData {
  /** The address has no EIP; `publicIp` is the one that it had before, where that is known. */
  notAssociated: { readonly address: string; readonly publicIp?: string };
  /** The EIP that was expected here is paired with another address. */
  associatedElsewhere: { readonly address: string; readonly publicIp: string; readonly elsewhere: string };
  /** The VPC has no internet gateway, and none stands by that was its own. */
  gatewayMissing: { readonly vpcId: string };
  /** The gateway that the VPC's routes lead to is not attached to it. */
  gatewayDetached: { readonly vpcId: string; readonly gatewayId: string };
  /** No route of the subnet's table leads to where the traffic comes from. */
  routeMissing: {
    readonly routeTableId: string;
    readonly subnetId: string;
    readonly destination: string;
  };
  /** The route is there, but what it leads to is gone. */
  routeBlackhole: {
    readonly routeTableId: string;
    readonly destination: string;
    readonly target: string;
  };
  /** The route leads to something else than an internet gateway, such as a NAT gateway. */
  routeElsewhere: {
    readonly routeTableId: string;
    readonly destination: string;
    readonly target: string;
  };
  securityGroupInbound: SecurityGroupData;
  securityGroupOutbound: SecurityGroupData;
  networkAclInbound: NetworkAclData;
  networkAclOutbound: NetworkAclData;
  eniNotAttached: { readonly eniId: string };
  instanceNotRunning: { readonly instanceId: string; readonly state: string };
  /** Neither the running system nor its files have the address. */
  addressNotInOs: { readonly address: string; readonly nic: string };
  /** The running system has it, its files do not: gone at the next boot. */
  addressNotOnDisk: { readonly address: string; readonly nic: string };
  /** The files have it, the running system does not. */
  addressOnDiskOnly: { readonly address: string; readonly nic: string };
  /** A rule of the guest's own firewall drops or refuses the connection. */
  hostFirewall: { readonly address: string; readonly port: number };
  /** Answers from the address would leave by another interface: no `ip rule` sends them back. */
  sourceRuleMissing: { readonly address: string; readonly nic: string; readonly leavesBy: string };
  /** The kernel drops what arrives, because by its routes the answer would leave elsewhere. */
  rpFilter: { readonly address: string; readonly nic: string };
  nothingListens: { readonly address: string; readonly port: number };
  /** Something listens on the port, but only on other addresses. */
  listensElsewhere: {
    readonly address: string;
    readonly port: number;
    readonly others: readonly string[];
  };
  /** The vantage can reach nothing at all, so its silence says nothing. */
  vantageOffline: { readonly vantage: string };
  /** What the vantage sends to this port does not arrive, although everything on AWS's side lets it in. */
  vantageBlocked: { readonly vantage: string; readonly publicIp: string; readonly port: number };
  /** Mail to port 25 does not leave, although other connections do. */
  port25Blocked: { readonly address: string };
  /** The DNS does not answer, so nothing can be said of the names of an address. */
  dnsSilent: { readonly name: string };
  /** The address has no name. */
  ptrMissing: { readonly publicIp: string };
  /** EC2 is still working on the name of the address. */
  ptrPending: { readonly publicIp: string; readonly name: string };
  /** A name of the address leads to other addresses, or to none. */
  nameElsewhere: { readonly name: string; readonly publicIp: string; readonly addresses: readonly string[] };
  /** The mail server greets with another name than the address has. */
  heloDiffers: { readonly address: string; readonly helo: string; readonly ptr: readonly string[] };
}

interface SecurityGroupData {
  readonly groupIds: readonly string[];
  readonly port: number;
  /** The other side, as an address or a range. */
  readonly peer: string;
}

interface NetworkAclData {
  readonly networkAclId: string;
  readonly subnetId: string;
  /** The number of the rule that denies, or `*` where none allows. */
  readonly rule: string;
  /** One port or a range. */
  readonly ports: string;
  readonly peer: string;
}

/** The name of a kind of finding, such as `routeMissing`. */
export type FindingCode = keyof FindingData;

/** What is at fault with the names of an address that sends mail; no packet is stopped by it. */
export type NameFindingCode = 'dnsSilent' | 'ptrMissing' | 'ptrPending' | 'nameElsewhere' | 'heloDiffers';

/** What is at fault on the way of the packets. */
export type PacketFindingCode = Exclude<FindingCode, NameFindingCode>;

/** Something that was seen: where, such as a command or a call, and what it said, in its own words. */
export interface SeenFact {
  readonly source: string;
  readonly shown: string;
}

/** One layer at fault, as codes and facts; `src/words` words it. */
export interface FindingOf<C extends FindingCode> {
  readonly code: C;
  readonly data: FindingData[C];
  readonly evidence: readonly SeenFact[];
  /** What would mend it, as a plan; absent where only a person can. */
  readonly fix?: Fix;
}

/** Any finding, with its data typed by its code. */
export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];

/** Makes a finding. */
export function finding<C extends FindingCode>(
  code: C,
  data: FindingData[C],
  evidence: readonly SeenFact[],
  fix?: Fix,
): Finding {
  // Code and data belong together by the signature; the union keeps that apart from TypeScript.
  return { code, data, evidence, ...(fix !== undefined && { fix }) } as unknown as Finding;
}
