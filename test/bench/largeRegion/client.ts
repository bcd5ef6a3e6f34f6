// Reads the large Region once warm and once measured, and prints what it cost: client.ts ours|sdk ENDPOINT
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { openEc2 } from '../../../src/core/aws/door.ts';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { indexInventory } from '../../../src/core/model/inventoryIndex.ts';

/** What reading the Region once cost the process that did it. */
export interface Cost {
  readonly things: number;
  readonly cpuMilliseconds: number;
  readonly longestBlockMilliseconds: number;
  /** Held after it, beyond what was held before. */
  readonly heldMegabytes: number;
  readonly peakMegabytes: number;
}

const [who, endpoint = ''] = process.argv.slice(2);

async function bySdk(): Promise<unknown[]> {
  const client = new EC2Client({ endpoint, region: 'us-east-1' });
  const pages = async <P extends { NextToken?: string | undefined }>(
    ask: (token: string | undefined) => Promise<P>,
  ): Promise<P[]> => {
    const found: P[] = [];
    let token: string | undefined;
    do {
      const page = await ask(token);
      found.push(page);
      token = page.NextToken;
    } while (token !== undefined);
    return found;
  };
  const read = await Promise.all([
    pages((NextToken) => client.send(new DescribeNetworkInterfacesCommand({ MaxResults: 500, NextToken }))),
    pages((NextToken) => client.send(new DescribeInstancesCommand({ MaxResults: 500, NextToken }))),
    client.send(new DescribeAddressesCommand({})),
  ]);
  client.destroy();
  return read.flat();
}

async function byUs(): Promise<unknown[]> {
  const ec2 = await openEc2({ endpoint, region: 'us-east-1', log: silentLog });
  const index = indexInventory(await readInventory(ec2));
  ec2.close();
  return [index, ...index.inventory.enis];
}

const read = who === 'sdk' ? bySdk : byUs;
await read();
globalThis.gc?.();
const held = process.memoryUsage().heapUsed;
let peak = held;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 5);
// What this thread itself computed between two turns of its loop: a clock would count other processes' turns too.
const computed = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let longest = 0;
let turn = computed();
const turns = setInterval(() => {
  const now = computed();
  longest = Math.max(longest, now - turn);
  turn = now;
}, 1);
const before = process.cpuUsage();
const things = await read();
const { user, system } = process.cpuUsage(before);
await sleep(20);
clearInterval(turns);
clearInterval(watch);
globalThis.gc?.();
const cost: Cost = {
  things: things.length,
  cpuMilliseconds: (user + system) / 1000,
  longestBlockMilliseconds: longest,
  heldMegabytes: (process.memoryUsage().heapUsed - held) / 1e6,
  peakMegabytes: (peak - held) / 1e6,
};
process.stdout.write(JSON.stringify(cost));
