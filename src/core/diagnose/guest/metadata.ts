import type { GuestRecord } from '../../guest/records.ts';
import type { MetadataOfNic } from '../facts.ts';

/** Asks the instance metadata service (version 2) what it says of each interface; writes nothing where it is silent. */
export const metadataScript = `
imds() {
  if have curl; then curl -sf --noproxy '*' -m 2 "$@"
  elif have wget; then
    header=; method=
    while [ $# -gt 1 ]; do case $1 in -H) header=$2; shift 2 ;; -X) method=PUT; shift 2 ;; *) shift ;; esac; done
    wget -q -T 2 -t 1 -O - \${method:+--method=PUT} --header "$header" "$1" 2>/dev/null
  else return 1; fi
}
base=http://169.254.169.254/latest
token=$(imds -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$base/api/token") || token=
if [ -n "$token" ]; then
  macs=$base/meta-data/network/interfaces/macs
  ask() { imds -H "X-aws-ec2-metadata-token: $token" "$1"; }
  for mac in $(ask "$macs/"); do
    mac=\${mac%/}
    emit mac "$mac $(ask "$macs/$mac/local-ipv4s" | tr '\\n' ' ')"
    for eip in $(ask "$macs/$mac/ipv4-associations/"); do
      emit association "$mac $eip $(ask "$macs/$mac/ipv4-associations/$eip" | tr '\\n' ' ')"
    done
  done
fi
`;

/** What the metadata service said, by MAC address; `undefined` where it did not answer. */
export function parseMetadata(
  records: readonly GuestRecord[],
): ReadonlyMap<string, MetadataOfNic> | undefined {
  const words = (kind: string): readonly string[][] =>
    records
      .filter((record) => record.kind === kind)
      .map(({ values }) =>
        String(values[0] ?? '')
          .trim()
          .split(/\s+/),
      );
  const macs = words('mac');
  if (macs.length === 0) return undefined;
  const associations = words('association');
  return new Map(
    macs.map(([mac = '', ...addresses]) => {
      const own = associations.filter(([of]) => of === mac);
      const pairs = own.flatMap(([, eip = '', ...privates]) => privates.map((one) => [eip, one] as const));
      return [mac.toLowerCase(), { addresses, associations: new Map(pairs) }];
    }),
  );
}
