import * as vscode from 'vscode';
import { requireCaller } from '../core/aws/caller.ts';
import type { Ec2 } from '../core/aws/ec2.ts';
import { readInventory } from '../core/aws/inventory.ts';
import { isCoreError, isExpected } from '../core/base/errors.ts';
import type { Log } from '../core/base/log.ts';
import { indexInventory } from '../core/model/inventoryIndex.ts';
import type { InventoryIndex } from '../core/model/inventoryIndex.ts';
import { watchAwsFiles } from './awsFiles.ts';
import { contextKeys } from './contributions.ts';
import type { Status } from './contributions.ts';
import { askMfaCode } from './mfaCode.ts';
import type { Settings } from './settings.ts';

const accountSettings = ['ec2MultiIp.profile', 'ec2MultiIp.region', 'ec2MultiIp.endpoint'] as const;

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
  readonly abort: AbortController;
}

/** The Region that the settings name: its connection and what was last read of it, shared by all views. */
export class Cloud implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Something was read, or is to be read anew. */
  readonly onDidChange = this.#changed.event;
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #subscription: vscode.Disposable;
  #connection: Promise<Ec2> | undefined;
  #reading: Reading | undefined;
  #timer: NodeJS.Timeout | undefined;
  #account: string | undefined;

  constructor(settings: Settings, log: Log) {
    this.#settings = settings;
    this.#log = log;
    const startOver = () => {
      this.#disconnect();
      this.#changed.fire();
    };
    this.#subscription = vscode.Disposable.from(
      settings.onChange(accountSettings, startOver),
      watchAwsFiles(startOver),
    );
  }

  /** The profile in use; empty where the SDK's own chain decides. */
  get profile(): string {
    return this.#settings.get('ec2MultiIp.profile');
  }

  /** The account that is shown; absent until STS has told. */
  get account(): string | undefined {
    return this.#account;
  }

  /** The account of the credentials as they are now; throws `aws.otherAccount` where another one is shown. */
  async requireShownAccount(signal: AbortSignal): Promise<string> {
    const ec2 = await this.ec2();
    if (this.#account !== undefined) await requireCaller(ec2, this.#account, { signal });
    return this.#account ?? (await ec2.callerIdentity({ signal })).account;
  }

  /** The connection; the AWS SDK is loaded when it is first asked for. */
  ec2(): Promise<Ec2> {
    this.#connection ??= this.#connect().catch((error: unknown) => {
      this.#connection = undefined;
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
        if (!reading.abort.signal.aborted) throw error;
      }
    }
  }

  /** Reads anew and tells the views; an older reading that is still under way is given up. */
  refresh(): Promise<InventoryIndex> {
    clearTimeout(this.#timer);
    this.#reading?.abort.abort();
    this.#reading = this.#read();
    this.#changed.fire();
    return this.inventory();
  }

  dispose(): void {
    this.#disconnect();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #connect(): Promise<Ec2> {
    const { openEc2 } = await import('../core/aws/door.ts');
    const value = (key: (typeof accountSettings)[number]) => this.#settings.get(key) || undefined;
    return openEc2({
      profile: value('ec2MultiIp.profile'),
      region: value('ec2MultiIp.region'),
      endpoint: value('ec2MultiIp.endpoint'),
      log: this.#log,
      mfaCode: askMfaCode,
    });
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    this.#reading?.abort.abort();
    this.#reading = undefined;
    this.#account = undefined;
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
  }

  #read(): Reading {
    const abort = new AbortController();
    const inventory = this.#readInventory(abort.signal);
    const reading = { inventory, abort };
    this.#show('loading');
    inventory.then(
      (index) => {
        if (this.#reading !== reading) return;
        this.#show(isEmpty(index) ? 'empty' : 'ready');
        if (isUnsettled(index)) this.#lookAgainLater();
      },
      (error: unknown) => {
        if (this.#reading !== reading) return;
        this.#reading = undefined;
        // Credentials and endpoints are looked for anew next time: a person may have signed in by then.
        this.#hangUp();
        this.#show(statusOf(error));
      },
    );
    return reading;
  }

  async #readInventory(signal: AbortSignal): Promise<InventoryIndex> {
    const ec2 = await this.ec2();
    const [inventory, caller] = await Promise.all([
      readInventory(ec2, { signal }),
      ec2.callerIdentity({ signal }).catch((error: unknown) => {
        // The Region's own failure says it better; without STS the account is just not shown.
        if (!isExpected(error)) throw error;
        return undefined;
      }),
    ]);
    signal.throwIfAborted();
    this.#account = caller?.account;
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

  #show(status: Status): void {
    void vscode.commands.executeCommand('setContext', contextKeys.status, status);
  }
}
