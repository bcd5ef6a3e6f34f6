/** What can go wrong between this extension and AWS. */
export interface AwsErrors {
  'aws.noCredentials': { readonly profile?: string };
  'aws.credentialsExpired': { readonly profile?: string };
  'aws.credentialsRefused': { readonly profile?: string; readonly awsCode: string };
  'aws.unknownProfile': { readonly profile: string };
  'aws.noRegion': { readonly profile?: string };
  /** No answer at all: refused, reset, unknown host or timed out. */
  'aws.unreachable': { readonly endpoint: string; readonly reason: string };
  'aws.denied': { readonly action: string };
  'aws.throttled': { readonly action: string };
  /** Any other answer of EC2 that is an error; `awsMessage` is AWS's own English sentence. */
  'aws.refused': { readonly action: string; readonly awsCode: string; readonly awsMessage: string };
}
