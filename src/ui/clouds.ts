import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Keyring } from '../core/aws/clients.ts';
import type { Ec2 } from '../core/aws/ec2.ts';
import type { CoreError } from '../core/base/errors.ts';
import type { Log } from '../core/base/log.ts';
import { watchAwsFiles } from './awsFiles.ts';
import { Cloud } from './cloud.ts';
import { type Status, contextKeys } from './contributions.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';
import { ShownAccount } from './shownAccount.ts';

const accountSettings = ['ec2MultiIp.profile', 'ec2MultiIp.region', 'ec2MultiIp.endpoint'] as const;
const FURTHER = 'ec2MultiIp.furtherRegions';

/** A Region that the views show, by its name. */
export interface ShownRegion {
  readonly region: string;
  readonly cloud: Cloud;
}

/** The Regions that the views show, all of one account: each has a connection and a reading of its own. */
export class Clouds implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Something was read of one, or is to be read anew, or other ones are shown. */
  readonly onDidChange = this.#changed.event;
  /** Whose they are. */
  readonly shownAccount: ShownAccount;
  /** The one that the settings or the profile name first. */
  readonly main: Cloud;
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #report: (error: CoreError) => void;
  readonly #told = new Set<string>();
  readonly #keyring: Keyring = { credentials: undefined };
  readonly #further = new Map<string, Cloud>();
  readonly #statuses = new Map<Cloud, Status>();
  readonly #subscription: vscode.Disposable;

  /** `report` is told what of the AWS configuration files is passed over. */
  constructor(settings: Settings, log: Log, report: (error: CoreError) => void = () => undefined) {
    this.#settings = settings;
    this.#log = log;
    this.#report = report;
    this.shownAccount = new ShownAccount(log);
    this.main = this.#open();
    this.#follow();
    this.#subscription = vscode.Disposable.from(
      this.shownAccount,
      settings.onChange(accountSettings, () => {
        this.shownAccount.switch();
        this.#startOver();
      }),
      settings.onChange([FURTHER], () => {
        this.#follow();
        this.#changed.fire();
      }),
      // The same account's credentials may just have been renewed: what runs goes on.
      watchAwsFiles(() => {
        this.#startOver();
      }),
    );
  }

  /** The profile in use; empty where the SDK's own chain decides. */
  get profile(): string {
    return this.#settings.get('ec2MultiIp.profile');
  }

  /** The account that is shown; absent until STS has told. */
  get account(): string | undefined {
    return this.shownAccount.account;
  }

  /** The names of those shown beside the first, as they are set. */
  get furtherRegions(): readonly string[] {
    return [...this.#further.keys()].filter((region) => region !== this.shownAccount.region);
  }

  /** All that are shown, the first one first; throws where that one cannot be told. */
  async shown(): Promise<readonly ShownRegion[]> {
    const { region: first } = await this.main.ec2();
    const further = [...this.#further].flatMap(([region, cloud]) =>
      region === first ? [] : { region, cloud },
    );
    return [{ region: first, cloud: this.main }, ...further];
  }

  /** A Region by its name, the first where there is none; throws a refusal for one that is not shown. */
  async inRegion(region: string | undefined): Promise<Cloud> {
    if (region === undefined) return this.main;
    const first = await this.main.ec2();
    if (first.region === region) return this.main;
    const cloud = this.#further.get(region);
    if (cloud !== undefined) return cloud;
    throw new Refusal(
      l10n.t('The Region {0} is not shown here. Choose it first.', region),
      'ec2MultiIp.chooseRegion',
    );
  }

  /** Gives up whatever is being read. */
  stopReading(): void {
    for (const cloud of this.#all()) cloud.stopReading();
  }

  /** Reads anew all that were read, and the first. */
  async refresh(): Promise<void> {
    const wanted = this.#all().filter((cloud) => cloud === this.main || cloud.last !== undefined);
    await Promise.all(wanted.map((cloud) => cloud.refresh()));
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const cloud of this.#all()) cloud.dispose();
    this.#changed.dispose();
  }

  #all(): readonly Cloud[] {
    return [this.main, ...this.#further.values()];
  }

  #open(region?: string): Cloud {
    const cloud: Cloud = new Cloud({
      settings: this.#settings,
      log: this.#log,
      keyring: this.#keyring,
      shownAccount: this.shownAccount,
      ...(region !== undefined && { region }),
      identified: (ec2, account) => {
        this.#identified(cloud, ec2, account);
      },
      onStatus: (status) => {
        this.#statuses.set(cloud, status);
        if (status !== 'loading') void this.#tellProblems();
        this.#showStatus();
      },
    });
    cloud.onDidChange(() => {
      this.#changed.fire();
    });
    return cloud;
  }

  /** Opens what has come to be set, and closes what is set no more. */
  #follow(): void {
    const wanted = new Set(this.#settings.get(FURTHER).filter((region) => region !== ''));
    for (const [region, cloud] of this.#further) {
      if (wanted.has(region)) continue;
      this.#further.delete(region);
      this.#statuses.delete(cloud);
      cloud.dispose();
    }
    for (const region of wanted) {
      if (!this.#further.has(region)) this.#further.set(region, this.#open(region));
    }
  }

  /** Says each problem once: what was put right and went wrong again is told again. */
  async #tellProblems(): Promise<void> {
    const { findConfigProblems } = await import('../core/aws/configProblems.ts');
    const problems = await findConfigProblems();
    const keys = problems.map(({ code, data }) => JSON.stringify([code, data]));
    const news = problems.filter((_, index) => !this.#told.has(keys[index] ?? ''));
    this.#told.clear();
    for (const key of keys) this.#told.add(key);
    news.forEach(this.#report);
  }

  #startOver(): void {
    for (const cloud of this.#all()) cloud.startOver();
  }

  #identified(cloud: Cloud, ec2: Ec2, account: string | undefined): void {
    const { account: before, region } = this.shownAccount;
    // Only the first tells that nobody knows; a further one may be closed to STS alone.
    if (cloud !== this.main && account === undefined) return;
    this.shownAccount.identify(ec2, account, cloud === this.main ? ec2.region : region);
    if (before === undefined || account === undefined || before === account) return;
    // What the others have read was another account's.
    for (const other of this.#all()) if (other !== cloud) other.startOver();
  }

  #showStatus(): void {
    const loading = [...this.#statuses.values()].includes('loading');
    const status = loading ? 'loading' : (this.#statuses.get(this.main) ?? 'ready');
    void vscode.commands.executeCommand('setContext', contextKeys.status, status);
  }
}
