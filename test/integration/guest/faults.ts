import type { FindingCode, PacketFindingCode } from '../../../src/core/diagnose/finding.ts';
import type { DiagnoseLab } from './diagnoseLab.ts';
import type { ExamineRequest } from './examineRequest.ts';
import { cloudFaults } from './faults/cloud.ts';
import { filterFaults } from './faults/filters.ts';
import { guestFaults } from './faults/guest.ts';
import { outsideFaults } from './faults/outside.ts';

/** One layer to break. */
export interface Fault {
  inject(): Promise<unknown>;
  /** Puts right what no plan of the finding does. */
  repair(): Promise<unknown>;
  /** The findings of each of the three pairs. */
  readonly expects: readonly [readonly FindingCode[], readonly FindingCode[], readonly FindingCode[]];
  /** How it is to be looked at, where that matters. */
  readonly request?: Partial<ExamineRequest>;
}

/** Some faults, by the finding that each is to give. */
export type Faults = Readonly<Partial<Record<PacketFindingCode, Fault>>>;

/** A fault for each finding that there is, which the lab knows how to bring about and put right. */
export function faultsOf(at: DiagnoseLab): Readonly<Record<PacketFindingCode, Fault>> {
  return { ...cloudFaults(at), ...filterFaults(at), ...guestFaults(at), ...outsideFaults(at) };
}

/** In the order in which they are tried; what restarts the guest comes last. */
export const faultNames: readonly PacketFindingCode[] = [
  'notAssociated',
  'associatedElsewhere',
  'securityGroupInbound',
  'securityGroupOutbound',
  'networkAclInbound',
  'networkAclOutbound',
  'addressNotInOs',
  'addressNotOnDisk',
  'addressOnDiskOnly',
  'hostFirewall',
  'sourceRuleMissing',
  'rpFilter',
  'nothingListens',
  'listensElsewhere',
  'vantageBlocked',
  'vantageOffline',
  'port25Blocked',
  'routeMissing',
  'routeBlackhole',
  'routeElsewhere',
  'gatewayDetached',
  'gatewayMissing',
  'eniNotAttached',
  'instanceNotRunning',
];

/** Faults at once: near and far from one another, and such as hide in each other's shadow. */
export const pairsOfFaults: readonly (readonly [PacketFindingCode, PacketFindingCode])[] = [
  ['notAssociated', 'addressNotInOs'],
  ['associatedElsewhere', 'addressNotOnDisk'],
  ['securityGroupInbound', 'networkAclInbound'],
  ['securityGroupInbound', 'hostFirewall'],
  ['networkAclInbound', 'addressOnDiskOnly'],
  ['addressNotInOs', 'hostFirewall'],
  ['addressNotOnDisk', 'vantageBlocked'],
  ['sourceRuleMissing', 'addressNotInOs'],
  ['sourceRuleMissing', 'securityGroupOutbound'],
  ['rpFilter', 'hostFirewall'],
  ['nothingListens', 'securityGroupInbound'],
  ['listensElsewhere', 'hostFirewall'],
  ['port25Blocked', 'addressNotOnDisk'],
  ['vantageOffline', 'hostFirewall'],
  ['routeMissing', 'networkAclOutbound'],
  ['routeBlackhole', 'securityGroupInbound'],
  ['gatewayMissing', 'routeMissing'],
  ['gatewayDetached', 'securityGroupInbound'],
];
