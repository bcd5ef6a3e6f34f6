import type { FaultReason } from './ifupdown/faults.ts';

/** Why a guest's configuration cannot be read or changed. */
export interface GuestErrors {
  'guest.unsupportedManager': { readonly interface: string; readonly manager: string };
  /** A further interface whose routing would have to stand beside that of its ports. */
  'guest.isBridge': { readonly interface: string };
  /** A file that is ours by its name alone: what is to be added has no place in it. */
  'guest.ownFileForeign': { readonly path: string };
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
  /** A `mapping` of ifupdown's takes the alias in that the change would add, so that it would not come up at boot. */
  'guest.mapped': {
    readonly path: string;
    readonly line: number;
    readonly pattern: string;
    readonly name: string;
    readonly interface: string;
  };
  'guest.fileChanged': { readonly path: string };
  'guest.fileNotWritable': { readonly path: string; readonly reason: string };
  'guest.candidateRefused': { readonly path: string; readonly output: string };
  /** The address could not be brought up; the guest is as it was. */
  'guest.addressNotUp': { readonly address: string; readonly interface: string; readonly output: string };
  'guest.addressNotDown': { readonly address: string; readonly interface: string; readonly output: string };
  /** A further interface's address did not get its routing rule from the network manager. */
  'guest.ruleMissing': { readonly address: string; readonly interface: string; readonly output: string };
  /** A unit of networkd is in force for several interfaces, each of which would take the address. */
  'guest.sharedUnit': { readonly unit: string; readonly interfaces: readonly string[] };
  /** Nothing in the main file includes a directory, where the file of a further interface could be. */
  'guest.noDirectory': { readonly path: string; readonly interface: string };
  /** The change was taken back; `reason` is `timer`, or the code of what kept it from being confirmed. */
  'guest.reverted': { readonly host: string; readonly reason: string };
  /** What kept the change from being confirmed was seen at once, and the guest has taken it back already. */
  'guest.takenBack': { readonly host: string; readonly reason: string };
  /** A connection through the new Elastic IP arrived elsewhere; the guest has taken the change back. */
  'guest.arrivedElsewhere': {
    readonly publicIp: string;
    readonly expected: string;
    readonly actual: string;
  };
  /** The user took the change back before it was confirmed. */
  'guest.revertedByUser': { readonly host: string };
  /** Another transaction waits to be confirmed. */
  'guest.busy': { readonly transaction: string };
  /** An earlier change that was cut off has been taken back just now; the guest is to be read anew. */
  'guest.recovered': { readonly transaction: string };
  /** Nothing on the guest can run the timer that would take the change back. */
  'guest.notArmed': Readonly<Record<string, never>>;
  /** The guest holds no confirmed change that could be taken back. */
  'guest.nothingToRevert': { readonly host: string };
}
