import type { ConfigureGuest } from './configureGuest.ts';
import type { GuestAddress, GuestFacts, GuestInterface, NetworkManager } from './facts.ts';
import type { FileEdits } from './fileEdits.ts';

/** The addresses that one interface is to have, and on whose behalf. */
export interface Wanted {
  readonly nic: GuestInterface;
  readonly addresses: readonly string[];
  readonly instanceId: string;
}

/** An address that we wrote, and for which instance: another instance's came with a cloned image. */
export interface OwnAddress {
  readonly address: string;
  readonly instanceId: string;
}

/**
 * One network manager: how its files are read and changed, and how a change is checked, applied and undone.
 *
 * The shell fragments are parts of the transaction's script; `transaction/script.ts` says which functions and
 * variables they may use.
 */
export interface GuestBackend {
  readonly manager: NetworkManager;
  /** Shell that reads its files with `emit_file` and `emit_directory`, and changes nothing. */
  readonly readScript: string;
  /** Edits the files so that the addresses outlive a reboot; returns what is to be brought up now. Pure. */
  propose(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[];
  /** Takes out of the files what is ours of these addresses; returns what is to be taken down now. Pure. */
  proposeRemoval(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[];
  /** Addresses that our own text in the files gives to some instance, for this interface. Pure. */
  listOwn(facts: GuestFacts, nic: GuestInterface): OwnAddress[];
  /** Shell that has the manager's own tools judge the candidate files; calls `refuse` where they do not like them. */
  checkScript(change: ConfigureGuest): string;
  /** Shell that brings addresses up or takes them down at run time; the transaction looks whether it worked. */
  applyScript(change: ConfigureGuest): string;
  /** Shell that runs once the files are in place: what the manager then has to know or to show. */
  settleScript(change: ConfigureGuest): string;
  /**
   * Shell that has the manager read its files again, after they were put in place or put back; empty where it
   * reads them at the next boot only. It must not cut the connection.
   */
  reloadScript(change: ConfigureGuest): string;
}
