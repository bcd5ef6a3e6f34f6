/** Why a proof cannot even begin. */
export interface ProbeErrors {
  /** Not a whole number from 1 to 65535. */
  'probe.port': { readonly port: string };
  /** No port at all is to be proven. */
  'probe.noPorts': object;
  /** Not the address of a DNS server, with or without a port. */
  'probe.dnsServer': { readonly server: string };
  /** Not the full name of a host, which a mail server could greet with. */
  'probe.heloName': { readonly name: string };
  /** Not an http or https URL. */
  'probe.echoUrl': { readonly url: string };
}
