import type { EC2Client } from '@aws-sdk/client-ec2';
import { joinAnswers, piecesOf } from './pieces.ts';
import type { Turns } from './turns.ts';

interface Context {
  readonly streamCollector: (body: unknown) => Promise<Uint8Array>;
}

interface Response {
  readonly statusCode: number;
  readonly body: unknown;
}

/** The part of the SDK's protocol that matters here; its own types leave the response open. */
interface Protocol {
  deserializeResponse: (operation: unknown, context: Context, response: Response) => Promise<object>;
}

/**
 * Has a client read long answers in pieces, one a turn of the event loop: the SDK reads an answer's XML in one
 * go, and a Region's Elastic IPs, which come without pages, would keep all else waiting for a second.
 */
export function readInPieces(client: EC2Client, turns: Turns): void {
  const protocol = client.config.protocol as unknown as Protocol;
  const whole = protocol.deserializeResponse.bind(protocol);
  protocol.deserializeResponse = async (operation, context, response) => {
    if (response.statusCode >= 300) return whole(operation, context, response);
    const answers: object[] = [];
    for (const body of piecesOf(await context.streamCollector(response.body))) {
      answers.push(await turns.take(() => whole(operation, context, { ...response, body })));
    }
    return joinAnswers(answers);
  };
}
