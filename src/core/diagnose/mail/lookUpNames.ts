import type { VantageOptions } from '../../probe/vantage.ts';
import type { GuestShell } from '../../ssh/shell.ts';
import type { PairToExamine } from '../examine.ts';
import { whereAlive } from '../whereAlive.ts';
import { type Greetings, readGreetings } from './helo.ts';
import type { MailFacts, PtrOfEip } from './mailFacts.ts';
import { readNames } from './readNames.ts';

/** How the names of addresses that send mail are looked up. */
export interface MailNamesOptions {
  /** DNS servers to ask; none for those of this machine. */
  readonly servers: readonly string[];
  /** What a person says that a mail server greets with, by private address. */
  readonly heloNames: Readonly<Record<string, string>>;
  /** What EC2 says of PTR records, by allocation id. */
  readonly records: ReadonlyMap<string, PtrOfEip>;
}

/** Looks up the names of the pairs' EIPs, with what a person or the guest's mail server says that it greets with. */
export async function lookUpNames(
  pairs: readonly PairToExamine[],
  shell: GuestShell | undefined,
  { servers, heloNames, records }: MailNamesOptions,
  limits: VantageOptions,
): Promise<ReadonlyMap<string, MailFacts>> {
  const greetings: Greetings =
    shell === undefined
      ? { byAddress: new Map() }
      : await whereAlive(shell.run(readGreetings, limits), { byAddress: new Map() });
  const asked = pairs.flatMap(({ eni, pair: { privateAddress } }) => {
    const { association } = eni.addresses.find(({ address }) => address === privateAddress) ?? {};
    if (association === undefined) return [];
    const helo = heloNames[privateAddress] ?? greetings.byAddress.get(privateAddress) ?? greetings.otherwise;
    const ec2 = records.get(association.allocationId ?? '') ?? {};
    const { publicIp } = association;
    return [{ privateAddress, asked: { publicIp, ec2, ...(helo !== undefined && { helo }) } }];
  });
  const found = await readNames(
    asked.map((one) => one.asked),
    { servers, ...limits },
  );
  return new Map(
    asked.flatMap(({ privateAddress }, at) => {
      const facts = found[at];
      return facts === undefined ? [] : [[privateAddress, facts] as const];
    }),
  );
}
