/** Why a proof cannot even begin. */
export interface ProbeErrors {
  /** Not a whole number from 1 to 65535. */
  'probe.port': { readonly port: number };
  /** Not an http or https URL. */
  'probe.echoUrl': { readonly url: string };
}
