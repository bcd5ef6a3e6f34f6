import type { IncomingHttpHeaders } from 'node:http';

/** One call of the EC2 query protocol, as the proxy read it. */
export interface Call {
  /** EC2's name of the action, for example `AllocateAddress`. */
  action: string;
  /** Every parameter, under its name on the wire, for example `Filter.1.Name`. */
  params: URLSearchParams;
  /** Whose key signed it. */
  accessKey?: string;
  /** When it was signed, by the clock of who did. */
  signedAt?: Date;
}

/** What the client gets: an answer, its connection reset, or nothing at all until it gives up. */
export type Outcome = Answer | { kind: 'reset' } | { kind: 'silence' };

/** An HTTP answer. */
export interface Answer {
  kind: 'answer';
  status: number;
  contentType: string;
  body: string;
  /** What the service's clock says, where that is not what this machine's does. */
  date?: Date;
}

/**
 * A rule of the proxy. It may answer in the emulator's place, change the emulator's answer, or drop it; it
 * calls `forward` where the call is to have its effect. Rules added first are asked first.
 */
export type Fault = (call: Call, forward: () => Promise<Outcome>) => Promise<Outcome>;

/** Tells whether a rule concerns a call. One that counts is asked about each call once. */
export type Select = (call: Call) => boolean;

/** Reads the call from a request's body, or from its query where the body is empty. */
export function readCall(url: string, body: string): Call {
  const params = new URLSearchParams(body || url.split('?')[1]);
  return { action: params.get('Action') ?? '', params };
}

/** Reads from a request's headers who signed it, and when. */
export function readSignature(headers: IncomingHttpHeaders): Pick<Call, 'accessKey' | 'signedAt'> {
  const accessKey = /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1];
  const time = String(headers['x-amz-date'] ?? '').replace(
    /^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/,
    '$1-$2-$3:$4:$5',
  );
  return {
    ...(accessKey !== undefined && { accessKey }),
    ...(time !== '' && { signedAt: new Date(time) }),
  };
}

/** Makes the answer that EC2 gives with one of its error codes. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    kind: 'answer',
    status,
    contentType: 'text/xml;charset=UTF-8',
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      `<Response><Errors><Error><Code>${code}</Code><Message>${escaped}</Message></Error></Errors>` +
      '<RequestID>00000000-0000-0000-0000-000000000000</RequestID></Response>',
  };
}
