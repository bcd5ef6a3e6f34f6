import { deepEqual, equal } from 'node:assert/strict';
import { prepareAddPairs, prepareStack } from '../../../src/core/plan/preflight.ts';
import { throttle } from '../../lab/proxy/faults/throttle.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';

const ENIS = 4;
const PAIRS_EACH = 50;

describe('200 pairs on a few ENIs', function () {
  this.timeout(300_000);
  let region: Region;

  before(async () => (region = await startRegion({})));
  after(() => region.stop());

  it('are made without one call that EC2 refuses as one too many', async () => {
    await region.emulator.setQuota(ENIS * PAIRS_EACH + 2);
    const stack = await applied(region, await prepareStack(region.ec2, walkStack()));
    const known = (id: string, name: string): string => stack.get(id)?.[name] ?? '';
    const enis: string[] = [];
    for (let n = 0; n < ENIS; n++) {
      const { NetworkInterface } = await region.ec2.createNetworkInterface({
        SubnetId: known('subnet', 'subnetId'),
        Groups: [known('group', 'groupId')],
      });
      enis.push(NetworkInterface?.NetworkInterfaceId ?? '');
    }
    const held = new Set(await heldIn(region));
    const free = Array.from({ length: 250 }, (_, n) => `192.168.1.${String(4 + n)}`).filter(
      (a) => !held.has(a),
    );
    const plans = await Promise.all(
      enis.map((networkInterfaceId, n) => {
        const explicit = free.slice(n * PAIRS_EACH, (n + 1) * PAIRS_EACH);
        return prepareAddPairs(region.ec2, { networkInterfaceId, addresses: { explicit } });
      }),
    );
    region.proxy.clear();
    region.proxy.use(throttle());
    // The buckets are the account's, whichever plan a call belongs to.
    await Promise.all(plans.map((plan) => applied(region, plan)));
    const refused = region.proxy.calls().filter(({ status }) => status !== 200);
    deepEqual(refused, []);
    const { NetworkInterfaces } = await region.emulator.state();
    const paired = NetworkInterfaces.filter(({ NetworkInterfaceId = '' }) =>
      enis.includes(NetworkInterfaceId),
    )
      .flatMap(({ PrivateIpAddresses = [] }) => PrivateIpAddresses)
      .filter(({ Association }) => Association?.PublicIp !== undefined);
    equal(
      paired.length,
      plans.flatMap(({ changes }) => changes).filter((c) => c.kind === 'allocateEip').length,
    );
  });
});

async function heldIn({ emulator }: Region): Promise<readonly string[]> {
  const { NetworkInterfaces } = await emulator.state();
  return NetworkInterfaces.flatMap(({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
  );
}
