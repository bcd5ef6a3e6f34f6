import type { FaultReason } from './ifupdown/faults.ts';

/** Why a guest's configuration cannot be read or changed. */
export interface GuestErrors {
  'guest.unsupportedManager': { readonly interface: string; readonly manager: string };
  /** An agent on the guest configures secondary addresses by itself, and has not yet brought these up. */
  'guest.agentConfigures': {
    readonly interface: string;
    readonly agent: string;
    readonly addresses: readonly string[];
  };
  'guest.noInterface': { readonly mac: string };
  /** The network manager itself would refuse this file; `line` counts from 1. */
  'guest.fileInvalid': {
    readonly path: string;
    readonly line: number;
    readonly text: string;
    readonly reason: FaultReason;
  };
  'guest.fileChanged': { readonly path: string };
  'guest.fileNotWritable': { readonly path: string; readonly reason: string };
  'guest.candidateRefused': { readonly path: string; readonly output: string };
  /** The address could not be brought up; the guest is as it was. */
  'guest.addressNotUp': { readonly address: string; readonly interface: string; readonly output: string };
  'guest.addressNotDown': { readonly address: string; readonly interface: string; readonly output: string };
  /** The change was taken back; `reason` is `timer`, or the code of what kept it from being confirmed. */
  'guest.reverted': { readonly host: string; readonly reason: string };
}
