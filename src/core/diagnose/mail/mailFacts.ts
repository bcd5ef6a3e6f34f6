/** What the DNS says to one question; `silent` where it does not answer. */
export type Records = readonly string[] | 'silent';

/** What EC2 says of the reverse DNS of one EIP. */
export interface PtrOfEip {
  /** The name that it has. */
  readonly name?: string;
  /** The name that EC2 is still working on. */
  readonly pending?: string;
}

/** What others see of an address that sends mail: its names; plain JSON. */
export interface MailFacts {
  readonly publicIp: string;
  /** What the mail server on the guest greets with; absent where nobody knows. */
  readonly helo?: string;
  /** The names that the address has. */
  readonly ptr: Records;
  /** The addresses of each of these names, and of the one it greets with. */
  readonly forward: Readonly<Record<string, Records>>;
  readonly ec2: PtrOfEip;
}

/** Whether A record, PTR record and greeting agree. */
export function mailAgrees({ publicIp, helo, ptr, forward }: MailFacts): boolean {
  if (ptr === 'silent' || ptr.length === 0 || helo === undefined) return false;
  const here = forward[plainName(helo)];
  return ptr.some((name) => plainName(name) === plainName(helo)) && here?.includes(publicIp) === true;
}

/** A name of the DNS without what says nothing: its case and the dot at its end. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
