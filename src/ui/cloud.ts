import * as vscode from 'vscode';
import { requireCaller } from '../core/aws/caller.ts';
import type { Keyring } from '../core/aws/clients.ts';
import type { Ec2 } from '../core/aws/ec2.ts';
import { readInventory } from '../core/aws/inventory.ts';
import { readReverseDns } from '../core/aws/reverseDns.ts';
import { isCoreError, isExpected } from '../core/base/errors.ts';
import type { Log } from '../core/base/log.ts';
import { indexInventory } from '../core/model/inventoryIndex.ts';
import type { InventoryIndex } from '../core/model/inventoryIndex.ts';
import type { Status } from './contributions.ts';
import { askMfaCode } from './mfaCode.ts';
import type { Settings } from './settings.ts';
import type { ShownAccount } from './shownAccount.ts';

function statusOf(error: unknown): Status {
  if (isCoreError(error, 'aws.noCredentials')) return 'noCredentials';
  return isCoreError(error, 'aws.noRegion') ? 'noRegion' : 'failed';
}

const unsettled = new Set(['pending', 'stopping', 'shutting-down']);
const pollMilliseconds = 3000;

/** Whether something is just changing by itself, so that it is worth looking again. */
function isUnsettled({ inventory }: InventoryIndex): boolean {
  return inventory.instances.some(({ state }) => unsettled.has(state));
}

function isEmpty({ inventory }: InventoryIndex): boolean {
  return inventory.vpcs.length + inventory.enis.length + inventory.eips.length === 0;
}

interface Reading {
  readonly inventory: Promise<InventoryIndex>;
  /** What there is to show first: a part of a large Region, else the whole. */
  readonly first: Promise<InventoryIndex>;
  readonly abort: AbortController;
  /** A person has stopped it. */
  stopped?: boolean;
  /** What it came to at its end. */
  done?: InventoryIndex;
  /** A part was given out before the whole. */
  inParts?: boolean;
  reverseDns?: Promise<ReadonlyMap<string, string>>;
}

/** What one Region needs of what all share. */
export interface CloudDeps {
  readonly settings: Settings;
  readonly log: Log;
  /** Credentials of that account, for all of them. */
  readonly keyring: Keyring;
  /** Whose Regions they all are. */
  readonly shownAccount: ShownAccount;
  /** Without it the setting says, and else the profile. */
  readonly region?: string;
  /** Told what the connection has turned out to be. */
  readonly identified: (ec2: Ec2, account: string | undefined) => void;
  readonly onStatus: (status: Status) => void;
}

/** One Region: its connection and what was last read of it, shared by all views. */
export class Cloud implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Something was read, or is to be read anew. */
  readonly onDidChange = this.#changed.event;
  readonly #deps: CloudDeps;
  #connection: Promise<Ec2> | undefined;
  #reading: Reading | undefined;
  /** The last that came to its end. */
  #last: Reading | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: CloudDeps) {
    this.#deps = deps;
  }

  /** What was last read to its end; absent where nothing was. */
  get last(): InventoryIndex | undefined {
    return this.#last?.done;
  }

  /** The account of the credentials as they are now; throws `aws.otherAccount` where another one is shown. */
  async requireShownAccount(signal: AbortSignal): Promise<string> {
    const ec2 = await this.ec2();
    const { account } = this.#deps.shownAccount;
    if (account !== undefined) await requireCaller(ec2, account, { signal });
    return account ?? (await ec2.callerIdentity({ signal })).account;
  }

  /** The connection; the AWS SDK is loaded when it is first asked for. */
  ec2(): Promise<Ec2> {
    this.#connection ??= this.#connect().catch((error: unknown) => {
      this.#connection = undefined;
      // Where nothing is being read, nobody else says why there is nothing to show.
      if (this.#reading === undefined) this.#deps.onStatus(statusOf(error));
      throw error;
    });
    return this.#connection;
  }

  /** What was last read; reads it where nothing was. */
  async inventory(): Promise<InventoryIndex> {
    for (;;) {
      const reading = (this.#reading ??= this.#read());
      try {
        const index = await reading.inventory;
        // A late answer to an old question is dropped for the newest one's.
        if (reading === this.#reading) return index;
      } catch (error) {
        if (!reading.abort.signal.aborted || reading.stopped === true) throw error;
      }
    }
  }

  /** What there is to show: at the very first reading of a large Region a part of it, as soon as there is one. */
  async shown(): Promise<InventoryIndex> {
    const whole = this.inventory();
    if (this.#last !== undefined || this.#reading === undefined) return whole;
    return Promise.race([whole, this.#reading.first]);
  }

  /** The PTR records of the EIPs, read once a reading; none where they may not be read. */
  async reverseDns(): Promise<ReadonlyMap<string, string>> {
    const reading = this.#reading;
    if (reading === undefined) return new Map();
    const { signal } = reading.abort;
    reading.reverseDns ??= this.ec2()
      .then((ec2) => readReverseDns(ec2, { signal }))
      .catch((error: unknown) => {
        this.#deps.log.debug(`reverse DNS: ${String(error)}`);
        return new Map();
      });
    return reading.reverseDns;
  }

  /** Gives up a reading that is under way: what was read before is shown again. */
  stopReading(): void {
    const reading = this.#reading;
    if (reading === undefined || reading.done !== undefined) return;
    reading.stopped = true;
    reading.abort.abort();
    if (this.#last === undefined) return;
    this.#reading = this.#last;
    this.#deps.onStatus('ready');
    this.#changed.fire();
  }

  /** Reads anew and tells the views; an older reading that is still under way is given up. */
  refresh(): Promise<InventoryIndex> {
    clearTimeout(this.#timer);
    this.#reading?.abort.abort();
    this.#reading = this.#read();
    this.#changed.fire();
    return this.inventory();
  }

  /** Forgets all that was read and by whom: the next question starts over. */
  startOver(): void {
    this.#disconnect();
    this.#changed.fire();
  }

  dispose(): void {
    this.#disconnect();
    this.#changed.dispose();
  }

  async #connect(): Promise<Ec2> {
    const { openEc2 } = await import('../core/aws/door.ts');
    const { settings, region, log, keyring, shownAccount } = this.#deps;
    return openEc2({
      profile: settings.get('ec2MultiIp.profile') || undefined,
      region: region ?? (settings.get('ec2MultiIp.region') || undefined),
      endpoint: settings.get('ec2MultiIp.endpoint') || undefined,
      log,
      keyring,
      mfaCode: (serial) => askMfaCode(serial, shownAccount.onDidSwitch),
    });
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    this.#reading?.abort.abort();
    this.#reading = undefined;
    this.#last = undefined;
    this.#hangUp();
  }

  #hangUp(): void {
    this.#connection?.then(
      (ec2) => {
        ec2.close();
      },
      () => undefined,
    );
    this.#connection = undefined;
    // What ails a further Region alone does not make a person give a code once more.
    if (this.#deps.region === undefined) this.#deps.keyring.credentials = undefined;
  }

  #read(): Reading {
    const abort = new AbortController();
    const part = Promise.withResolvers<InventoryIndex>();
    const onFirst = (index: InventoryIndex) => {
      reading.inParts = true;
      part.resolve(index);
    };
    const inventory = this.#readInventory(abort.signal, onFirst);
    const reading: Reading = { inventory, first: part.promise, abort };
    this.#deps.onStatus('loading');
    inventory.then(
      (index) => {
        reading.done = index;
        if (this.#reading !== reading) return;
        const isFirst = this.#last === undefined;
        this.#last = reading;
        // What stands for a further Region says whether it was read.
        if (reading.inParts === true || (isFirst && this.#deps.region !== undefined)) this.#changed.fire();
        this.#deps.onStatus(isEmpty(index) ? 'empty' : 'ready');
        if (isUnsettled(index)) this.#lookAgainLater();
      },
      (error: unknown) => {
        if (this.#reading !== reading) return;
        this.#reading = undefined;
        // Credentials and endpoints are looked for anew next time: a person may have signed in by then.
        this.#hangUp();
        this.#deps.onStatus(reading.stopped === true ? 'cancelled' : statusOf(error));
      },
    );
    return reading;
  }

  async #readInventory(
    signal: AbortSignal,
    onFirst: (index: InventoryIndex) => void,
  ): Promise<InventoryIndex> {
    const ec2 = await this.ec2();
    const [inventory, caller] = await Promise.all([
      readInventory(ec2, {
        signal,
        onFirst: (part) => {
          onFirst(indexInventory(part));
        },
      }),
      ec2.callerIdentity({ signal }).catch((error: unknown) => {
        // The Region's own failure says it better; without STS the account is just not shown.
        if (!isExpected(error)) throw error;
        return undefined;
      }),
    ]);
    signal.throwIfAborted();
    this.#deps.identified(ec2, caller?.account);
    return indexInventory(inventory);
  }

  #lookAgainLater(): void {
    clearTimeout(this.#timer);
    // The views ask for what they show, and say what goes wrong: this is nobody's command.
    this.#timer = setTimeout(() => {
      this.#reading = this.#read();
      this.#changed.fire();
    }, pollMilliseconds);
  }
}
