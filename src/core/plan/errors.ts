/** Why a plan cannot be made or applied. */
export interface PlanErrors {
  'plan.tooManyAddresses': {
    readonly instanceType: string;
    readonly wanted: number;
    readonly maximum: number;
  };
  'plan.unknownInstanceType': { readonly instanceType: string };
  'plan.notFound': { readonly what: string; readonly id: string };
  'plan.changedMeanwhile': { readonly what: string; readonly id: string };
  'plan.cancelled': { readonly done: number; readonly total: number };
  /** Two things that must be the same are not, such as the number of EIPs and of addresses. */
  'plan.countMismatch': { readonly addresses: number; readonly eips: number };
  'plan.tooFewFreeAddresses': { readonly subnet: string; readonly wanted: number; readonly free: number };
  'plan.eipQuota': { readonly quota: number; readonly inUse: number; readonly wanted: number };
  /** The thing belongs to AWS or to a service and must not be touched. */
  'plan.managed': { readonly what: string; readonly id: string; readonly by: string };
}
