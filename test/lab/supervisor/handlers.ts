import { setTimeout as sleep } from 'node:timers/promises';
import { readState } from '../cloud/readState.ts';
import type { CallDescription, ControlHandlers, GuestDescription, LabDescription } from '../control/api.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Guest } from '../guest/guest.ts';
import { hostPidOf } from '../process/hostPid.ts';
import type { FaultProxy, RecordedCall } from '../proxy/proxy.ts';
import type { DataPlane } from './dataPlane.ts';

/** The running parts that requests are about. */
export interface LabParts {
  readonly description: LabDescription;
  readonly dataPlane: DataPlane;
  readonly emulator: Emulator;
  readonly proxy: FaultProxy;
}

/** How long guests may take to come up before a caller is told that they do not, in milliseconds. */
const patience = 60_000;

/** What the lab does for each request on its control socket. */
export function controlHandlers(parts: LabParts): ControlHandlers {
  const { dataPlane, description, emulator, proxy } = parts;
  return {
    describe: () => Promise.resolve(description),
    settle: () => settle(parts),
    guests: () => Promise.resolve([...dataPlane.guests.values()].map((guest) => describeGuest(guest))),
    runInGuest: ({ instanceId, script }) => {
      const guest = dataPlane.guests.get(instanceId);
      if (guest === undefined) return Promise.reject(new Error(`The lab has no guest ${instanceId}`));
      return guest.run(script);
    },
    state: () => emulator.state(),
    reset: async () => {
      await emulator.reset();
      proxy.restore();
      proxy.clear();
      dataPlane.setSwitches({ outboundMail: false });
      await settle(parts);
    },
    seed: (seed) => emulator.seed(seed).then(nothing),
    setQuota: (quota) => emulator.setQuota(quota).then(nothing),
    setConsoleOutput: ({ instanceId, text }) => emulator.setConsoleOutput(instanceId, text).then(nothing),
    setLatency: (milliseconds) =>
      done(() => {
        proxy.setLatency(milliseconds);
      }),
    setOutboundMail: async (open) => {
      dataPlane.setSwitches({ outboundMail: open });
      await dataPlane.idle();
    },
    calls: () => Promise.resolve(proxy.calls().map(describeCall)),
    clearCalls: () =>
      done(() => {
        proxy.clear();
      }),
    // The answer leaves first; the kernel ends everything else with this process.
    stop: () =>
      done(() => {
        setTimeout(() => process.exit(0), 20);
      }),
  };
}

const nothing = (): undefined => undefined;

function done(act: () => void): Promise<undefined> {
  act();
  return Promise.resolve(undefined);
}

/** Waits until the data plane equals the newest state of the control plane, and every guest that is to run is up. */
async function settle({ dataPlane, emulator }: LabParts): Promise<undefined> {
  const deadline = Date.now() + patience;
  for (;;) {
    const { version, instances } = readState(await emulator.state());
    const passing = instances.filter(({ state }) => ['pending', 'stopping', 'shutting-down'].includes(state));
    const missing = instances.filter(
      ({ instanceId, state }) =>
        state === 'running' && dataPlane.guests.get(instanceId)?.hasComeUp() !== true,
    );
    if (passing.length + missing.length === 0 && dataPlane.version >= version) return undefined;
    if (Date.now() > deadline) throw new Error(describeDelay(dataPlane, [...passing, ...missing]));
    await sleep(40);
  }
}

function describeDelay(dataPlane: DataPlane, late: readonly { readonly instanceId: string }[]): string {
  const who = late.map((instance) => instance.instanceId).join(', ');
  const why = dataPlane.problem === undefined ? '' : `: ${dataPlane.problem.message}`;
  return `The lab has not settled within ${patience / 1000} s${who === '' ? '' : `; waiting for ${who}`}${why}`;
}

function describeGuest(guest: Guest): GuestDescription {
  const pid = guest.init === undefined ? undefined : hostPidOf(guest.init);
  const namespaces = `/proc/${pid}/ns`;
  return {
    instanceId: guest.instanceId,
    rootDirectory: `/proc/${process.env['LAB_HOST_PID'] ?? ''}/root${guest.disk.root}`,
    primaryAddress: guest.primaryAddress,
    up: guest.hasComeUp(),
    ...(pid !== undefined && {
      pid,
      namespaces: { net: `${namespaces}/net`, mnt: `${namespaces}/mnt`, pid: `${namespaces}/pid` },
    }),
  };
}

function describeCall({ action, params, ms, status }: RecordedCall): CallDescription {
  return {
    action,
    parameters: Object.fromEntries(params),
    milliseconds: ms,
    ...(status !== undefined && { status }),
  };
}
