import type { OwnAddress } from '../backend.ts';
import type { GuestFacts, GuestInterface, Routing } from '../facts.ts';
import type { Creation } from '../fileEdits.ts';
import { ownerWord } from '../markers.ts';

/** An address in the file of a further interface. */
export interface Entry extends OwnAddress {
  /** Whether something else gives the interface this address, so that it needs but its rule. */
  readonly ruleOnly: boolean;
}

/** What the file of a further interface is to say. */
export interface Content {
  readonly nic: GuestInterface;
  readonly routing: Routing;
  readonly entries: readonly Entry[];
}

/** How one network manager is told of a further interface: a file that is wholly ours. */
export interface Form {
  /** Its path; throws where the manager would read it nowhere. */
  path(facts: GuestFacts, nic: GuestInterface): string;
  readonly creation: Creation;
  /** Whether the file takes the interface over from whatever leased its address before. */
  readonly takesOver: boolean;
  render(content: Content, facts: GuestFacts): string;
}

const marker = '# EC2 Multi-IP: address';

/** The comment above each entry, by which it is found again. */
export function entryMarker({ address, instanceId }: OwnAddress): string {
  return `${marker} ${address} of ${ownerWord(instanceId)}`;
}

/** The comment that begins the file. */
export function fileHeader({ nic, routing }: Content): string {
  return `# EC2 Multi-IP: ${nic.name} answers by routing table ${routing.table}, so by itself.`;
}

/** The addresses in a file of ours. */
export function entriesIn(text: string): OwnAddress[] {
  return [...text.matchAll(/# EC2 Multi-IP: address (\S+) of (\S+)$/gm)].flatMap(([, address, instanceId]) =>
    address === undefined || instanceId === undefined ? [] : [{ address, instanceId }],
  );
}
