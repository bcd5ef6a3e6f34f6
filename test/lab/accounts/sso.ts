import { randomUUID } from 'node:crypto';
import { accessKeys } from '../emulator/emulator.ts';
import { secrets, usesSecret } from '../kept.ts';
import { type Reply, type Service, serve } from './serve.ts';

/** IAM Identity Center's OIDC service and portal, and the page where a person confirms a code. */
export interface SsoPortal extends Service {
  /** The codes that were confirmed, in their order. */
  confirmed(): readonly string[];
  /** Has each page confirm or decline its code when it is opened; `elsewhere`: as on another device, without it. */
  answerWith(answer: Mood): void;
  /** Forgets every token, as when an administrator ends a session. */
  endSessions(): void;
  /** How many times a token was given. */
  tokens(): number;
  /** How many times one was asked for. */
  questions(): number;
  /** Gives each time other keys from now on, which last so long, in milliseconds. */
  giveNewKeys(milliseconds: number): void;
  /** How many times those were given. */
  newKeys(): number;
}

const json = { 'content-type': 'application/json' };

function refusal(status: number, type: string, content: object): Reply {
  return { status, headers: { ...json, 'x-amzn-errortype': type }, body: content };
}

/** What nobody may write down but where the AWS CLI does. */
function newSecret(): string {
  const secret = randomUUID();
  usesSecret(secret);
  return secret;
}

/** The id of the access key that a portal gives the nth time, once it gives new ones. */
export function ssoKey(nth: number): string {
  return `AKIASSO${String(nth).padStart(13, '0')}`;
}

type Mood = 'confirm' | 'decline' | 'nothing' | 'elsewhere';

interface Device {
  readonly userCode: string;
  state: 'pending' | 'confirmed' | 'declined';
}

/**
 * Starts one that knows the account 123456789012 with the role `lab`.
 *
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/
 * https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/
 */
export async function startSsoPortal(): Promise<SsoPortal> {
  const clients = new Map<string, string>();
  const devices = new Map<string, Device>();
  const confirmed: string[] = [];
  let tokens = new Set<string>();
  let given = 0;
  let asked = 0;
  let mood: Mood = 'confirm';
  let lasting: number | undefined;
  let newKeys = 0;

  const register = (): Reply => {
    const [clientId, clientSecret] = [randomUUID(), newSecret()];
    clients.set(clientId, clientSecret);
    const clientSecretExpiresAt = Math.round(Date.now() / 1000) + 7_776_000;
    return { headers: json, body: { clientId, clientSecret, clientSecretExpiresAt } };
  };
  const authorize = (): Reply => {
    const userCode = `LAB-${String(devices.size + 1).padStart(4, '0')}`;
    const deviceCode = newSecret();
    devices.set(deviceCode, { userCode, state: mood === 'elsewhere' ? 'confirmed' : 'pending' });
    const verificationUri = `${service.endpoint}/device`;
    const verificationUriComplete = `${verificationUri}?user_code=${userCode}`;
    const body = {
      deviceCode,
      userCode,
      verificationUri,
      verificationUriComplete,
      expiresIn: 600,
      interval: 1,
    };
    return { headers: json, body };
  };
  const confirm = (userCode: string | null): Reply => {
    const device = [...devices.values()].find((one) => one.userCode === userCode);
    if (device !== undefined && mood === 'confirm') {
      device.state = 'confirmed';
      confirmed.push(device.userCode);
    }
    if (device !== undefined && mood === 'decline') device.state = 'declined';
    return { headers: { 'content-type': 'text/plain' }, body: 'You can close this page.' };
  };
  const give = (body: Readonly<Record<string, string>>): Reply => {
    const { grantType, deviceCode = '' } = body;
    const device = devices.get(deviceCode);
    asked += 1;
    if (grantType !== 'refresh_token' && device?.state !== 'confirmed') {
      const error = device?.state === 'declined' ? 'access_denied' : 'authorization_pending';
      return refusal(400, 'AuthorizationPendingException', { error, error_description: error });
    }
    const accessToken = newSecret();
    tokens.add(accessToken);
    given += 1;
    return {
      headers: json,
      body: { accessToken, expiresIn: 28_800, refreshToken: newSecret(), tokenType: 'Bearer' },
    };
  };
  const credentials = (token: string, account: string | null, role: string | null): Reply => {
    if (!tokens.has(token)) {
      return refusal(401, 'UnauthorizedException', { message: 'Session token not found or invalid' });
    }
    if (account !== '123456789012' || role !== 'lab') {
      return refusal(403, 'ForbiddenException', { message: 'No access' });
    }
    if (lasting !== undefined) newKeys += 1;
    const keys = {
      accessKeyId: lasting === undefined ? accessKeys.good : ssoKey(newKeys),
      secretAccessKey: secrets.secretAccessKey,
      sessionToken: secrets.sessionToken,
    };
    return {
      headers: json,
      body: { roleCredentials: { ...keys, expiration: Date.now() + (lasting ?? 3_600_000) } },
    };
  };
  const service = await serve(({ method, headers }, { pathname, searchParams }, text) => {
    if (method === 'GET' && pathname === '/device') return confirm(searchParams.get('user_code'));
    if (method === 'GET' && pathname === '/federation/credentials') {
      const token = String(headers['x-amz-sso_bearer_token'] ?? '');
      return credentials(token, searchParams.get('account_id'), searchParams.get('role_name'));
    }
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, string>);
    if (pathname === '/client/register') return register();
    if (clients.get(body['clientId'] ?? '') !== body['clientSecret']) {
      return refusal(401, 'InvalidClientException', { error: 'invalid_client' });
    }
    if (pathname === '/device_authorization') return authorize();
    if (pathname === '/token') return give(body);
    return refusal(404, 'NotFound', { message: pathname });
  });
  return {
    ...service,
    confirmed: () => confirmed,
    answerWith: (answer) => (mood = answer),
    endSessions: () => (tokens = new Set()),
    tokens: () => given,
    questions: () => asked,
    giveNewKeys: (milliseconds) => ([lasting, newKeys] = [milliseconds, 0]),
    newKeys: () => newKeys,
  };
}
