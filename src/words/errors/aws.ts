import * as l10n from '@vscode/l10n';
import type { AwsErrors } from '../../core/aws/errors.ts';
import { awsAdvice } from './awsAdvice.ts';
import type { Sentences } from './sentences.ts';

function profileName(profile: string | undefined): string {
  return profile ?? l10n.t('default');
}

function unreachable(endpoint: string, reason: string): string {
  return l10n.t(
    '{0} does not answer ({1}). Check the network connection, the proxy and the endpoint setting.',
    endpoint,
    reason,
  );
}

function signInSentence(profile: string, reason: string): string {
  if (reason === 'access_denied')
    return l10n.t('The sign-in with the AWS profile “{0}” was declined.', profile);
  if (reason === 'expired_token') {
    return l10n.t('Nobody confirmed the sign-in with the AWS profile “{0}” in time. Sign in again.', profile);
  }
  return l10n.t(
    'The sign-in with the AWS profile “{0}” failed ({1}). Check sso_start_url and sso_region of the profile, and the network.',
    profile,
    reason,
  );
}

/** What is wrong between here and AWS, and what to do about it. */
export const awsSentences: Sentences<AwsErrors> = {
  'aws.noCredentials': ({ profile }) =>
    profile === undefined
      ? l10n.t(
          'There are no AWS credentials here. Sign in with the AWS CLI, or choose a profile that has some.',
        )
      : l10n.t(
          'The AWS profile “{0}” gives no credentials. Sign in with it, or choose another profile.',
          profile,
        ),
  'aws.credentialsExpired': ({ profile }) =>
    l10n.t(
      'The credentials of the AWS profile “{0}” have expired. Sign in again (for example `aws sso login`) and refresh.',
      profileName(profile),
    ),
  'aws.credentialsRefused': ({ profile, awsCode }) =>
    l10n.t(
      'AWS refuses the credentials of the profile “{0}” ({1}). Check the access key and the clock of this computer.',
      profileName(profile),
      awsCode,
    ),
  'aws.credentialsTimeout': ({ profile, seconds }) =>
    l10n.t(
      'The AWS profile “{0}” gives no credentials within {1} s. Check its credential_process or sign-in service, or choose another profile.',
      profile,
      seconds,
    ),
  'aws.ssoEnded': ({ profile }) =>
    l10n.t(
      'The SSO session of the AWS profile “{0}” has ended or was never begun. Sign in.',
      profileName(profile),
    ),
  'aws.ssoDenied': ({ profile }) =>
    l10n.t(
      'Your SSO sign-in does not give you the account and role of the AWS profile “{0}”. Check its sso_account_id and sso_role_name, or ask for the role.',
      profileName(profile),
    ),
  'aws.mfaRefused': ({ profile }) =>
    l10n.t(
      'AWS did not take the MFA code for the AWS profile “{0}”. Refresh, and give the device’s current code: each works once.',
      profileName(profile),
    ),
  'aws.notSso': ({ profile }) =>
    l10n.t(
      'The AWS profile “{0}” does not sign in with SSO. Choose one that does, or add an sso-session to it.',
      profile,
    ),
  'aws.signInFailed': ({ profile, reason }) => signInSentence(profile, reason),
  'aws.processFailed': ({ profile, path, line }) =>
    l10n.t(
      'The credential_process of the AWS profile “{0}” fails or prints something else than credentials. Run it in a terminal and mend it in {1}, line {2}.',
      profile,
      path,
      line,
    ),
  'aws.tokenFileMissing': ({ path }) =>
    l10n.t(
      'The web identity’s token file {0} is not there. Check web_identity_token_file or AWS_WEB_IDENTITY_TOKEN_FILE.',
      path,
    ),
  'aws.variableMissing': ({ missing }) =>
    l10n.t('The environment has half an access key: set {0} too, or unset the other half.', missing),
  'aws.clockWrong': ({ minutes }) =>
    minutes > 0
      ? l10n.t('The clock of this computer is {0} min ahead of AWS’s. Set it right and try again.', minutes)
      : l10n.t('The clock of this computer is {0} min behind AWS’s. Set it right and try again.', -minutes),
  'aws.profileIncomplete': ({ profile, missing, path, line }) =>
    l10n.t('The AWS profile “{0}” lacks {1}. Add it in {2}, line {3}.', profile, missing, path, line),
  'aws.profileLoop': ({ profiles, path, line }) =>
    l10n.t(
      'These AWS profiles are each other’s source: {0}. Change source_profile in {1}, line {2}.',
      profiles.join(' → '),
      path,
      line,
    ),
  'aws.configInvalid': ({ path, line, text, others }) =>
    others === 0
      ? l10n.t('{0} line {1} is not understood and was passed over: {2}', path, line, text)
      : l10n.t(
          '{0} line {1} and {2} more are not understood and were passed over: {3}',
          path,
          line,
          others,
          text,
        ),
  'aws.configUnreadable': ({ path, reason }) =>
    l10n.t(
      '{0} cannot be read ({1}), so none of its profiles are there. Check its permissions.',
      path,
      reason,
    ),
  'aws.otherAccount': ({ shown, actual }) =>
    l10n.t(
      'These credentials belong to the account {1} now, and {0} is shown. Nothing was changed. Refresh, and look at the plan again.',
      shown,
      actual,
    ),
  'aws.unknownProfile': ({ profile }) =>
    l10n.t(
      'There is no AWS profile “{0}” in the AWS configuration files. Choose one of those that are there.',
      profile,
    ),
  'aws.noRegion': ({ profile }) =>
    l10n.t(
      'The AWS profile “{0}” names no Region that there can be. Choose the Region to work in.',
      profileName(profile),
    ),
  'aws.unreachable': ({ endpoint, reason }) =>
    /^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/.test(reason)
      ? l10n.t(
          'The certificate of {0} is not valid at this time ({1}). Check the clock of this computer first.',
          endpoint,
          reason,
        )
      : unreachable(endpoint, reason),
  'aws.denied': ({ action }) =>
    l10n.t('You are not allowed to do this: the IAM action {0} is missing from your permissions.', action),
  'aws.throttled': ({ action }) =>
    l10n.t('AWS is slowing this account down: too many requests ({0}). Wait a minute and try again.', action),
  'aws.refused': ({ action, awsCode, awsMessage }) =>
    awsAdvice(awsCode) ?? l10n.t('AWS refused {0}: {1} ({2})', action, awsMessage, awsCode),
};
