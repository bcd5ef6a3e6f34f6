import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { EC2Client } from '@aws-sdk/client-ec2';
import { region } from '../cloud/follow.ts';
import { accessKeys } from '../emulator/emulator.ts';
import type { Lab } from '../lab.ts';

/** Reaches the lab's endpoint through its Unix socket, from the machine's own network namespace. */
class SocketAgent extends Agent {
  private readonly path: string;

  constructor(path: string) {
    super({ keepAlive: true });
    this.path = path;
  }

  override createConnection(): Socket {
    return connect(this.path);
  }
}

/** A client of the lab's EC2 for a test that is not the operator. */
export function ec2Client(lab: Lab): EC2Client {
  return new EC2Client({
    region,
    endpoint: lab.endpoint,
    credentials: { accessKeyId: accessKeys.good, secretAccessKey: 'lab' },
    requestHandler: { httpAgent: new SocketAgent(lab.endpointSocket) },
  });
}
