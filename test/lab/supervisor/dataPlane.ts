import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudState, Instance } from '../cloud/state.ts';
import { Guest, type Ending } from '../guest/guest.ts';
import { imageLayers } from '../image/image.ts';
import { recipeFor } from '../image/recipe.ts';
import { Fabric } from '../network/fabric.ts';
import type { InterfacePolicy, NetworkPolicy } from '../network/policy.ts';
import { policyOf } from '../network/policyOf.ts';
import type { Switches } from '../network/rules.ts';

/** What the data plane needs from around it. */
export interface DataPlaneDependencies {
  readonly runDirectory: string;
  readonly log: (line: string) => void;
  /** Puts text into the instance's console output. */
  readonly setConsoleOutput: (instanceId: string, text: string) => Promise<void>;
  /** Tells the control plane that a guest shut itself down. */
  readonly poweredOff: (instanceId: string) => Promise<void>;
}

/** Guests and network, made to follow the control plane: one change at a time, always towards the newest state. */
export class DataPlane {
  readonly guests = new Map<string, Guest>();
  private readonly dependencies: DataPlaneDependencies;
  private readonly fabric = new Fabric();
  private readonly rebooted = new Map<string, number>();
  /** Guests that shut themselves down: they stay off until the control plane knows. */
  private readonly poweredOff = new Set<string>();
  private state: CloudState | undefined;
  private switches: Switches = { outboundMail: false };
  private working: Promise<void> | undefined;
  private stale = false;
  /** The newest version that the data plane equals. */
  version = -1;
  /** What went wrong when the newest state was applied last. */
  problem: Error | undefined;

  constructor(dependencies: DataPlaneDependencies) {
    this.dependencies = dependencies;
  }

  async create(): Promise<void> {
    await this.fabric.create();
  }

  /** Takes a newer state; the data plane follows soon. */
  follow(state: CloudState): void {
    this.state = state;
    this.wake();
  }

  setSwitches(switches: Switches): void {
    this.switches = switches;
    this.wake();
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.working !== undefined) await this.working;
  }

  private wake(): void {
    this.stale = true;
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      const { state } = this;
      if (state === undefined) return;
      try {
        await this.apply(state);
        this.version = state.version;
        this.problem = undefined;
      } catch (error) {
        this.problem = error instanceof Error ? error : new Error(String(error));
        this.dependencies.log(`The data plane cannot follow: ${this.problem.message}`);
        await sleep(500);
        this.stale = true;
      }
    }
  }

  private async apply(state: CloudState): Promise<void> {
    const policy = policyOf(state);
    const stillRunning = state.instances.filter((instance) => instance.state === 'running');
    for (const instanceId of this.poweredOff)
      if (!stillRunning.some((instance) => instance.instanceId === instanceId))
        this.poweredOff.delete(instanceId);
    const running = stillRunning.filter((instance) => !this.poweredOff.has(instance.instanceId));
    // What is forbidden is closed first; a guest that shuts down takes its time.
    await this.applyNetwork(policy);
    await this.endGuests(state);
    const prepared = await Promise.all(running.map((instance) => this.prepare(instance, state, policy)));
    await this.applyNetwork(policy);
    // One that ended since is prepared in the next round: it would boot with the addresses of its last life.
    for (const [index, instance] of running.entries()) this.switchOn(instance, prepared[index] === true);
  }

  private async applyNetwork(policy: NetworkPolicy): Promise<void> {
    const present = [...this.guests.values()].filter((guest) => guest.namespace.exists);
    await this.fabric.apply(policy, new Set(present.map((guest) => guest.instanceId)), this.switches);
  }

  private async endGuests(state: CloudState): Promise<void> {
    const states = new Map(state.instances.map((instance) => [instance.instanceId, instance.state]));
    await Promise.all(
      [...this.guests.values()].map(async (guest) => {
        const wanted = states.get(guest.instanceId) ?? 'terminated';
        if (wanted === 'stopping' || wanted === 'stopped') await this.switchOff(guest);
        if (wanted === 'shutting-down' || wanted === 'terminated') await this.terminate(guest);
      }),
    );
  }

  /** Keeps what is on the disks of all guests, because the lab ends now. */
  keepDisks(): void {
    for (const { disk } of this.guests.values()) disk.keep();
  }

  private async switchOff(guest: Guest): Promise<void> {
    if (guest.isOn) this.dependencies.log(`${guest.instanceId} shuts down`);
    await guest.shutDown();
    await guest.namespace.remove();
  }

  private async terminate(guest: Guest): Promise<void> {
    this.dependencies.log(`${guest.instanceId} is terminated`);
    await guest.cutPower();
    await guest.namespace.remove();
    await guest.disk.remove();
    this.guests.delete(guest.instanceId);
    this.rebooted.delete(guest.instanceId);
  }

  /** Gives an instance that is off and to run its disk and a fresh namespace, and answers whether it did. */
  private async prepare(instance: Instance, state: CloudState, policy: NetworkPolicy): Promise<boolean> {
    const { instanceId } = instance;
    const primary = primaryOf(policy, instanceId);
    if (primary === undefined) return false; // Nothing to boot on yet: its ENI comes with a later version.
    const guest = this.guests.get(instanceId) ?? this.newGuest(instanceId, primary);
    if (guest.isOn) return false;
    if (!guest.disk.exists) await this.makeDisk(guest, instance, state);
    if (guest.namespace.exists) {
      await this.fabric.unplug(instanceId);
      await guest.namespace.remove();
    }
    await guest.namespace.create();
    return true;
  }

  private newGuest(instanceId: string, primary: string): Guest {
    const guest = new Guest(instanceId, primary, this.dependencies.runDirectory, (ending) => {
      void this.ended(instanceId, ending);
    });
    this.guests.set(instanceId, guest);
    return guest;
  }

  private async makeDisk(guest: Guest, instance: Instance, state: CloudState): Promise<void> {
    const recipe = recipeFor(instance.imageId);
    await guest.disk.create(imageLayers(recipe));
    const key = state.keyPairs.find((candidate) => candidate.keyName === instance.keyName);
    const console = await guest.disk.personalise({
      hostname: `ip-${guest.primaryAddress.replaceAll('.', '-')}`,
      user: recipe.user,
      ...(key !== undefined && { publicKey: key.publicKey }),
    });
    await this.dependencies.setConsoleOutput(instance.instanceId, console);
  }

  private switchOn(instance: Instance, isPrepared: boolean): void {
    const guest = this.guests.get(instance.instanceId);
    if (guest === undefined) return;
    if (!guest.isOn && !isPrepared) return;
    if (!guest.isOn) {
      this.dependencies.log(`${guest.instanceId} boots`);
      guest.start();
    } else if (instance.reboots > (this.rebooted.get(instance.instanceId) ?? 0)) {
      guest.reboot();
    }
    this.rebooted.set(instance.instanceId, instance.reboots);
  }

  private async ended(instanceId: string, ending: Ending): Promise<void> {
    this.dependencies.log(`${instanceId} ended by itself: ${ending}`);
    if (ending === 'power off') {
      this.poweredOff.add(instanceId);
      // By now the instance may be stopping or gone anyway; then there is nothing to tell.
      await this.dependencies.poweredOff(instanceId).catch((error: unknown) => {
        this.dependencies.log(`${instanceId}: ${String(error)}`);
      });
      return;
    }
    // What crashed may crash again at once.
    if (ending === 'crash') await sleep(500);
    this.wake();
  }
}

/** The primary private address of an instance's first ENI. */
export function primaryOf(policy: NetworkPolicy, instanceId: string): string | undefined {
  const own: InterfacePolicy[] = policy.vpcs
    .flatMap((vpc) => vpc.interfaces)
    .filter((eni) => eni.instanceId === instanceId);
  return own.find((eni) => eni.deviceIndex === 0)?.addresses[0]?.privateAddress;
}
