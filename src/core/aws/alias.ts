import { HttpRequest } from '@smithy/core/protocols';
import type { Partition } from './partition.ts';

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
  at: { readonly endpoint: string | undefined; readonly partition: Partition; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const url = new URL(at.endpoint ?? `https://${at.partition.iamHost}`);
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
    signingRegion: at.partition.globalRegion,
    signingService: 'iam',
  });
  // fetch writes the host by itself.
  const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'));
  const answer = await fetch(url, { method: 'POST', headers: rest, body, signal: at.signal });
  return /<member>([\w-]+)<\/member>/.exec(await answer.text())?.[1];
}
