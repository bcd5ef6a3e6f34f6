import { deepEqual, equal } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValidationRun } from '../../../src/core/diagnose/run.ts';
import { ValidationHistory } from '../../../src/ui/validation/history.ts';

/** A validation of one address, with the EIP that it then had. */
function run(hour: number, publicIp?: string): ValidationRun {
  const pair = { networkInterfaceId: 'eni-1', privateAddress: '192.168.1.101' };
  const row = {
    pair: { ...pair, ...(publicIp !== undefined && { publicIp }) },
    eni: 'ENI “メール”',
    primary: true,
  };
  const at = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
  return { version: 1, at, region: 'eu-west-1', method: 'listener', ports: [80], vantage: '', rows: [row] };
}

describe('the history of validations', () => {
  let directory: string;
  let path: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-history-'));
    path = join(directory, 'not there yet', 'validations.json');
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('has the newest first, also in the next session', async () => {
    const history = new ValidationHistory(path);
    await history.add(run(1));
    await history.add(run(2));
    deepEqual(await new ValidationHistory(path).runs(), [run(2), run(1)]);
  });

  it('keeps both of two that end at once', async () => {
    const history = new ValidationHistory(path);
    await Promise.all([history.add(run(1)), history.add(run(2))]);
    deepEqual(await history.runs(), [run(2), run(1)]);
  });

  it('lets go of the oldest after fifty', async () => {
    const history = new ValidationHistory(path);
    await Promise.all(Array.from({ length: 52 }, (_, hour) => history.add(run(hour))));
    const runs = await history.runs();
    equal(runs.length, 50);
    deepEqual([runs[0], runs[49]], [run(51), run(2)]);
  });

  it('begins anew where the file is broken, and passes over what a newer version kept', async () => {
    const file = join(directory, 'validations.json');
    await writeFile(file, '[{"version":1,');
    deepEqual(await new ValidationHistory(file).runs(), []);
    await writeFile(file, JSON.stringify([{ ...run(1), version: 2 }, run(2)]));
    deepEqual(await new ValidationHistory(file).runs(), [run(2)]);
  });

  it('tells the Elastic IP that an address had last', async () => {
    const history = new ValidationHistory(path);
    for (const [hour, publicIp] of ['198.51.100.1', '198.51.100.2', undefined].entries()) {
      await history.add(run(hour, publicIp));
    }
    const last = await history.lastEips();
    equal(last('eni-1', '192.168.1.101'), '198.51.100.2');
    equal(last('eni-2', '192.168.1.101'), undefined);
  });
});
