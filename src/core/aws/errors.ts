/** What can go wrong between this extension and AWS. */
export interface AwsErrors {
  'aws.noCredentials': { readonly profile?: string };
  'aws.credentialsExpired': { readonly profile?: string };
  'aws.credentialsRefused': { readonly profile?: string; readonly awsCode: string };
  /** A credential_process or a sign-in service does not answer. */
  'aws.credentialsTimeout': { readonly profile: string; readonly seconds: number };
  /** The SSO session of the profile has ended, or nobody has signed in yet. */
  'aws.ssoEnded': { readonly profile?: string };
  /** The SSO portal gives this person no such account or role. */
  'aws.ssoDenied': { readonly profile?: string };
  /** The code of an MFA device was mistyped, too old, or used before. */
  'aws.mfaRefused': { readonly profile?: string };
  'aws.notSso': { readonly profile: string };
  /** `reason` is the code of the OIDC service or of the network, such as `access_denied`. */
  'aws.signInFailed': { readonly profile: string; readonly reason: string };
  /** A credential_process that fails, or prints something else than credentials. */
  'aws.processFailed': { readonly profile: string; readonly path: string; readonly line: number };
  /** The file that a web identity's token is read from. */
  'aws.tokenFileMissing': { readonly path: string };
  /** One half of the access key is in the environment, and this one is not. */
  'aws.variableMissing': { readonly missing: string };
  /** Minutes by which this computer's clock is ahead of AWS's, or behind where negative. */
  'aws.clockWrong': { readonly minutes: number };
  'aws.profileIncomplete': {
    readonly profile: string;
    readonly missing: string;
    readonly path: string;
    readonly line: number;
  };
  /** Each profile is the source of the one before it, and the last is there twice. */
  'aws.profileLoop': { readonly profiles: readonly string[]; readonly path: string; readonly line: number };
  /** A line that is no section and no setting; as many `others` of the file are none either. */
  'aws.configInvalid': {
    readonly path: string;
    readonly line: number;
    readonly text: string;
    readonly others: number;
  };
  'aws.configUnreadable': { readonly path: string; readonly reason: string };
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
