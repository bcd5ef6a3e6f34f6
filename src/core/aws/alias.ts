import { HttpRequest } from '@smithy/core/transport';

/** Signs a request; the signer of any of the SDK's clients does. */
interface Signer {
  sign(
    request: HttpRequest,
    options: { readonly signingRegion: string; readonly signingService: string },
  ): Promise<{ readonly headers: Record<string, string> }>;
}

/**
 * Asks IAM for the account's alias, which has one at most; a client of IAM would weigh more than all of EC2's.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
 */
export async function readAlias(
  signer: Signer,
  { url, region, signal }: { readonly url: URL; readonly region: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const body = 'Action=ListAccountAliases&Version=2010-05-08';
  const request = new HttpRequest({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    path: '/',
    headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body,
  });
  const { headers } = await signer.sign(request, {
    signingRegion: region,
    signingService: 'iam',
  });
  // fetch writes the host by itself.
  const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'));
  const answer = await fetch(url, { method: 'POST', headers: rest, body, signal });
  return /<member>([\w-]+)<\/member>/.exec(await answer.text())?.[1];
}
