import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeAddressesCommand, DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { openEc2 } from '../../../src/core/aws/door.ts';
import { createTurns } from '../../../src/core/aws/turns.ts';
import type { Turns } from '../../../src/core/aws/turns.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { answerTo } from '../../bench/largeRegion/answers.ts';

describe('long answers', () => {
  let server: Server;
  let endpoint: string;
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };

  before(async () => {
    process.env['AWS_ACCESS_KEY_ID'] ??= 'a';
    process.env['AWS_SECRET_ACCESS_KEY'] ??= 's';
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const call = new URLSearchParams(body);
        response.end(answerTo(call.get('Action') ?? '', call.get('NextToken')));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('are read piece by piece into just what the SDK reads at once', async () => {
    let pieces = 0;
    const queue = createTurns();
    const turns: Turns = {
      take: (work) => {
        pieces += 1;
        return queue.take(work);
      },
    };
    const client = new EC2Client({ endpoint, region: 'us-east-1', credentials });
    const ec2 = await openEc2({ endpoint, region: 'us-east-1', log: silentLog, turns });
    try {
      const enis = await client.send(new DescribeNetworkInterfacesCommand({ MaxResults: 500 }));
      const eips = await client.send(new DescribeAddressesCommand({}));
      const page = await ec2.describeNetworkInterfaces({ MaxResults: 500 });
      assert.deepEqual([page.NetworkInterfaces, page.NextToken], [enis.NetworkInterfaces, enis.NextToken]);
      assert.ok(page.NextToken !== undefined && pieces > 5, `${String(pieces)} pieces`);
      const { Addresses } = await ec2.describeAddresses({});
      assert.equal(Addresses?.length, 15_000);
      assert.deepEqual(Addresses, eips.Addresses);
    } finally {
      client.destroy();
      ec2.close();
    }
  });
});
