import type { GuestFacts } from '../guest/facts.ts';
import type { InventoryIndex } from '../model/inventoryIndex.ts';
import type { Eni, PrivateAddress } from '../model/network.ts';
import type { NetworkAcl } from '../model/networkAcl.ts';
import type { MailAnswer } from '../probe/outbound/mail.ts';
import type { PairProof, PairUnderTest } from '../probe/proof.ts';
import type { Firewall } from './firewall/firewall.ts';
import type { MailFacts } from './mail/mailFacts.ts';

/** What EC2 says. */
export interface CloudFacts {
  readonly index: InventoryIndex;
  readonly networkAcls: readonly NetworkAcl[];
}

/** A TCP socket that listens on the guest; address `*` or `0.0.0.0` is all of them. */
export interface ListeningSocket {
  readonly address: string;
  readonly port: number;
}

/** How an answer from one address would leave the guest. */
export interface WayBack {
  /** The interface that the kernel's routes name. */
  readonly leavesBy: string;
  /** What the kernel said, such as `203.0.113.1 from 192.168.1.101 via 192.168.1.1 dev eth0`. */
  readonly shown: string;
  /** The interfaces that it would leave by with one of the marks that routing rules ask for. */
  readonly marked: readonly string[];
}

/** What the instance metadata service says of one interface. */
export interface MetadataOfNic {
  readonly addresses: readonly string[];
  /** EIP → private address. */
  readonly associations: ReadonlyMap<string, string>;
}

/** All that was read on the guest, changing nothing. */
export interface GuestState {
  /** Its interfaces and the files of their configuration. */
  readonly facts: GuestFacts;
  readonly sockets: readonly ListeningSocket[];
  /** `ip rule show`. */
  readonly rules: string;
  /** Private address → how an answer would leave; without those that the system does not have. */
  readonly waysBack: ReadonlyMap<string, WayBack>;
  /** Interface → the strictness in force, 0 to 2. */
  readonly rpFilter: ReadonlyMap<string, number>;
  readonly firewall: Firewall;
  /** Counters of the kernel by name, such as `TcpExt.IPReversePathFilter`. */
  readonly counters: ReadonlyMap<string, number>;
  /** By MAC address; absent where the service does not answer. */
  readonly metadata?: ReadonlyMap<string, MetadataOfNic>;
}

/** Where the connections come from. */
export interface VantageFacts {
  /** What a person calls it: this machine, or a host's name. */
  readonly name: string;
  /** Whether it reached anything at all; absent where that was not tried. */
  readonly online?: boolean;
  /** Its public address, where the guest or the echo has seen it. */
  readonly address?: string;
}

/** Everything that was observed about one pair; what is absent could not be looked at. */
export interface PairFacts {
  /** What is expected: the private address and, where it has or had one, its EIP. */
  readonly pair: PairUnderTest;
  readonly eni: Eni;
  readonly address: PrivateAddress;
  readonly cloud: CloudFacts;
  /** How long the proof lasted, told by the kernel's counters: those before it and those after. */
  readonly guest?: GuestState;
  /** Whether the guest's files bring the address at the next boot; absent where nobody can tell. */
  readonly onDisk?: boolean;
  readonly after?: ReadonlyMap<string, number>;
  readonly vantage: VantageFacts;
  /** Ports that are to answer from outside. */
  readonly ports: readonly number[];
  /** Whether a service of the guest's own is to answer, rather than a listener of ours. */
  readonly service: boolean;
  readonly proof?: PairProof;
  /** Ports at which the guest saw a connection to this address begin; absent where nobody watched. */
  readonly arrived?: ReadonlySet<number>;
  /** Where outbound proofs go to; the address may be unknown. */
  readonly echo?: { readonly address?: string; readonly port: number };
  readonly mail?: MailAnswer;
  /** Its names, where it is to send mail. */
  readonly mailFacts?: MailFacts;
}
