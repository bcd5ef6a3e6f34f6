/** Why a plan cannot be made or applied. */
export interface PlanErrors {
  'plan.tooManyAddresses': {
    readonly instanceType: string;
    readonly wanted: number;
    readonly maximum: number;
    /** The smallest type of the same family that takes so many, where one does. */
    readonly smallest?: string;
  };
  'plan.unknownInstanceType': { readonly instanceType: string };
  'plan.notFound': { readonly what: string; readonly id: string };
  'plan.changedMeanwhile': { readonly what: string; readonly id: string };
  'plan.cancelled': { readonly done: number; readonly total: number };
  /** Two things that must be the same are not, such as the number of EIPs and of addresses. */
  'plan.countMismatch': { readonly addresses: number; readonly eips: number };
  'plan.tooFewFreeAddresses': { readonly subnet: string; readonly wanted: number; readonly free: number };
  'plan.eipQuota': { readonly quota: number; readonly inUse: number; readonly wanted: number };
  /** A name that must be new is there already; `what` is a kind such as `key pair`. */
  'plan.nameTaken': { readonly what: string; readonly name: string };
  /** A value that is empty, or no number of the kind wanted; `field` is such as `securityGroup.ports`. */
  'plan.badValue': { readonly field: string; readonly value: string };
  /** Something else holds it, and moving it was not asked for. */
  'plan.alreadyPaired': { readonly address: string; readonly publicIp: string };
  /** Things of somebody else's are in the way; `things` are their ids. */
  'plan.foreign': { readonly what: string; readonly id: string; readonly things: readonly string[] };
  /** An EIP works in a VPC alone that an internet gateway is attached to. */
  'plan.noGateway': { readonly vpcId: string };
  /** What is to answer from outside is not routed there; `target` is where its way out leads, `what` whose it is. */
  'plan.notPublic': { readonly what: string; readonly id: string; readonly target: string };
  /** Neither an ENI's primary address nor its last one can be removed. */
  'plan.primaryAddress': { readonly address: string };
  /** EC2 would not set the PTR record; `reason` is its own, and may be empty. */
  'plan.reverseDnsRefused': {
    readonly publicIp: string;
    readonly domainName: string;
    readonly reason: string;
  };
  /** An EIP that is in use is not released, since somebody may rely on it. */
  'plan.inUse': { readonly what: string; readonly id: string };
  /** An instance has no room for a further ENI. */
  'plan.tooManyEnis': { readonly instanceType: string; readonly maximum: number };
  /** An ENI and an instance in different zones, which EC2 cannot bring together. */
  'plan.otherZone': { readonly zone: string; readonly other: string };
  /** The thing belongs to AWS or to a service and must not be touched. */
  'plan.managed': { readonly what: string; readonly id: string; readonly by: string };
  /** EC2 confirmed a change, and still does not show it. */
  'plan.notAsPlanned': { readonly change: string };
  /** What EC2 had begun has come to nothing; `reason` is its own, and may be empty. */
  'plan.wrongState': {
    readonly what: string;
    readonly id: string;
    readonly state: string;
    readonly wanted: string;
    readonly reason: string;
  };
  /** EC2 is still at it after so long. */
  'plan.tooSlow': {
    readonly what: string;
    readonly id: string;
    readonly state: string;
    readonly minutes: number;
  };
  /** Another window is applying the plan, or taking it back; `process` is its process id, 0 where that is unknown. */
  'plan.locked': { readonly process: number };
  /** The plan belongs to another account than the credentials. */
  'plan.otherAccount': { readonly planned: string; readonly actual: string };
  /** `actions` are IAM actions such as `ec2:CreateVpc`. */
  'plan.notPermitted': { readonly actions: readonly string[] };
  'plan.journalNewer': { readonly path: string };
  /** Somebody has edited the journal, so that nobody knows what was done. */
  'plan.journalDamaged': { readonly path: string; readonly line: number };
  /** Not even the plan is whole in it. */
  'plan.journalTorn': { readonly path: string };
}
