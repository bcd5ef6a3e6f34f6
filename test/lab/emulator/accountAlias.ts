import { accessKeys } from './emulator.ts';

/** Gives the emulated account an alias, as its administrator would in IAM; the emulator checks no name. */
export async function nameAccount(endpoint: string, alias: string): Promise<void> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeys.good}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x`;
  const fields = { Action: 'CreateAccountAlias', Version: '2010-05-08', AccountAlias: alias };
  const { ok, status } = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  if (!ok) throw new Error(`no alias: ${String(status)}`);
}
