import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getSSOTokenFilepath } from '@smithy/core/config';
import { CoreError } from '../base/errors.ts';
import { readConfigFiles } from './configFiles.ts';
import { configuredEndpoint } from './endpoints.ts';
import { partitionOf } from './partition.ts';
import { sdkName } from './sdkName.ts';

/** Where a profile signs in. */
interface SsoSettings {
  readonly startUrl: string;
  readonly region: string;
  /** Absent in the older form, where the profile itself holds the other two. */
  readonly session?: string;
  readonly scopes: readonly string[];
}

/** How a sign-in is shown and ended. */
export interface SignInOptions {
  /** Shows the page where a person confirms the code. */
  readonly show: (page: { readonly code: string; readonly url: string }) => void;
  readonly signal: AbortSignal;
}

/** The SSO settings of a profile, or of the profile that its roles begin with; `undefined` where there are none. */
async function ssoOf(profile: string): Promise<SsoSettings | undefined> {
  const { configFile } = await readConfigFiles();
  const visited = new Set<string>();
  let name = sdkName(profile);
  for (;;) {
    const section = configFile[name];
    const session = section?.['sso_session'];
    const of = session === undefined ? section : configFile[`sso-session.${session}`];
    const { sso_start_url: startUrl, sso_region: region, sso_registration_scopes: scopes } = of ?? {};
    if (startUrl !== undefined && region !== undefined) {
      return session === undefined
        ? { startUrl, region, scopes: [] }
        : { startUrl, region, session, scopes: (scopes ?? 'sso:account:access').split(/[\s,]+/) };
    }
    const next = section?.['source_profile'];
    if (next === undefined || visited.has(next)) return undefined;
    visited.add(next);
    name = next;
  }
}

interface Grant {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientSecretExpiresAt: number;
}

interface Token {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken?: string;
}

interface Device {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string;
  readonly expiresIn: number;
  readonly interval?: number;
}

/** The failure that OIDC answers with, such as `authorization_pending`. */
class OidcError extends Error {}

type Post = <T>(path: string, body: object) => Promise<T>;

function poster(endpoint: string, signal: AbortSignal): Post {
  return async <T>(path: string, body: object): Promise<T> => {
    const answer = await fetch(endpoint.replace(/\/?$/, path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
    });
    const content = (await answer.json()) as T & { readonly error?: string };
    if (!answer.ok) throw new OidcError(content.error ?? `HTTP ${String(answer.status)}`);
    return content;
  };
}

/**
 * Signs in with the SSO of a profile as the AWS CLI does: a person confirms a code in the browser, and the token
 * is kept where the CLI keeps it, so that either finds the other's.
 *
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/
 *
 * @throws {CoreError} `aws.notSso` or `aws.signInFailed`
 */
export async function signIn(profile: string, { show, signal }: SignInOptions): Promise<void> {
  const settings = await ssoOf(profile);
  if (settings === undefined) throw new CoreError('aws.notSso', { profile });
  const { region, startUrl, scopes } = settings;
  const endpoint =
    (await configuredEndpoint('sso_oidc', profile)) ??
    `https://oidc.${region}.${partitionOf(region).dnsSuffix}`;
  try {
    const post = poster(endpoint, signal);
    const grant = await post<Grant>('/client/register', {
      clientName: 'EC2 Multi-IP',
      clientType: 'public',
      ...(scopes.length > 0 && { scopes }),
    });
    const { clientId, clientSecret } = grant;
    const device = await post<Device>('/device_authorization', { clientId, clientSecret, startUrl });
    show({ code: device.userCode, url: pageOf(device) });
    await keep(settings, grant, await tokenFor(post, grant, device, signal));
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof OidcError ? cause.message : networkReason(cause);
    throw new CoreError('aws.signInFailed', { profile, reason }, { cause });
  }
}

/** The page to open; nothing but the web is, whatever the answer says. */
function pageOf({ verificationUriComplete, verificationUri }: Device): string {
  const url = new URL(verificationUriComplete ?? verificationUri);
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1');
  if (!isWeb) throw new OidcError('invalid_verification_uri');
  return url.href;
}

async function tokenFor(post: Post, grant: Grant, device: Device, signal: AbortSignal): Promise<Token> {
  const { clientId, clientSecret } = grant;
  let seconds = device.interval ?? 5;
  for (;;) {
    await sleep(seconds * 1000, undefined, { signal });
    try {
      return await post<Token>('/token', {
        clientId,
        clientSecret,
        grantType: 'urn:ietf:params:oauth:grant-type:device_code',
        deviceCode: device.deviceCode,
      });
    } catch (error) {
      const code = error instanceof OidcError ? error.message : '';
      if (code === 'slow_down') seconds += 5;
      else if (code !== 'authorization_pending') throw error;
    }
  }
}

/** Writes the token as the AWS CLI does; what makes new ones of it is for this user's eyes only. */
async function keep({ startUrl, region, session }: SsoSettings, grant: Grant, token: Token): Promise<void> {
  const path = getSSOTokenFilepath(session ?? startUrl);
  const content = {
    startUrl,
    region,
    accessToken: token.accessToken,
    expiresAt: isoTime(Date.now() / 1000 + token.expiresIn),
    clientId: grant.clientId,
    clientSecret: grant.clientSecret,
    registrationExpiresAt: isoTime(grant.clientSecretExpiresAt),
    ...(token.refreshToken !== undefined && { refreshToken: token.refreshToken }),
  };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(content), { mode: 0o600 });
  await rename(draft, path);
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

function networkReason(error: unknown): string {
  interface Failure {
    readonly cause?: { readonly code?: string };
    readonly code?: string;
    readonly name: string;
  }
  // fetch tells the code of what went wrong below it, the file system its own.
  const { cause, code, name } = error as Failure;
  return cause?.code ?? code ?? name;
}
