/** What can go wrong between this extension and AWS. */
export interface AwsErrors {
  'aws.noCredentials': { readonly profile?: string };
  'aws.credentialsExpired': { readonly profile?: string };
  'aws.credentialsRefused': { readonly profile?: string; readonly awsCode: string };
  /** A credential_process or a sign-in service does not answer. */
  'aws.credentialsTimeout': { readonly profile: string; readonly seconds: number };
  'aws.profileIncomplete': {
    readonly profile: string;
    readonly missing: string;
    readonly path: string;
    readonly line: number;
  };
  /** Each profile is the source of the one before it, and the last is there twice. */
  'aws.profileLoop': { readonly profiles: readonly string[]; readonly path: string; readonly line: number };
  /** The credentials are now another account's than the one on the screen. */
  'aws.otherAccount': { readonly shown: string; readonly actual: string };
  'aws.unknownProfile': { readonly profile: string };
  'aws.noRegion': { readonly profile?: string };
  /** No answer at all: refused, reset, unknown host or timed out. */
  'aws.unreachable': { readonly endpoint: string; readonly reason: string };
  'aws.denied': { readonly action: string };
  'aws.throttled': { readonly action: string };
  /** Any other answer of EC2 that is an error; `awsMessage` is AWS's own English sentence. */
  'aws.refused': { readonly action: string; readonly awsCode: string; readonly awsMessage: string };
}
