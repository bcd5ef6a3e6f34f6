/** Why a proof cannot even begin. */
export interface ProbeErrors {
  'probe.port': { readonly port: number };
  'probe.portTaken': { readonly address: string; readonly port: number };
  'probe.noListener': { readonly host: string };
}
