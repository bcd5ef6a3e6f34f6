import * as vscode from 'vscode';
import type { Ec2 } from '../core/aws/ec2.ts';
import type { Log } from '../core/base/log.ts';

/** Whose account and which Region the views show, and when that becomes another. */
export class ShownAccount implements vscode.Disposable {
  readonly #identified = new vscode.EventEmitter<void>();
  /** It has become known, or is not known any more. */
  readonly onDidIdentify = this.#identified.event;
  readonly #switched = new vscode.EventEmitter<string | undefined>();
  /** Another account or Region is shown from now on; gives the account before. */
  readonly onDidSwitch = this.#switched.event;
  readonly #log: Log;
  #account: string | undefined;
  #alias: string | undefined;
  #region: string | undefined;
  #session = {};

  constructor(log: Log) {
    this.#log = log;
  }

  /** Twelve digits; absent until STS has told. */
  get account(): string | undefined {
    return this.#account;
  }

  /** The account's name for people, where it has one that may be asked for. */
  get alias(): string | undefined {
    return this.#alias;
  }

  /** Absent until it is known. */
  get region(): string | undefined {
    return this.#region;
  }

  /** Another one as soon as another account or Region is shown: what belongs to an old one is over. */
  get session(): object {
    return this.#session;
  }

  /** Another account or Region is to be shown. */
  switch(): void {
    const before = this.#account;
    this.#session = {};
    this.#account = undefined;
    this.#alias = undefined;
    this.#region = undefined;
    this.#switched.fire(before);
    this.#identified.fire();
  }

  /** Takes what a connection told of itself; files may by now hold another account's keys. */
  identify(ec2: Ec2, account: string | undefined, region: string | undefined): void {
    const isNew = account !== this.#account;
    if (isNew && account !== undefined && this.#account !== undefined) this.switch();
    this.#account = account;
    this.#region = region;
    this.#identified.fire();
    if (!isNew || account === undefined) return;
    const session = this.#session;
    ec2.accountAlias().then(
      (alias) => {
        if (session !== this.#session) return;
        this.#alias = alias;
        this.#identified.fire();
      },
      (error: unknown) => {
        // Many may not ask for it; the account's number does.
        this.#log.debug(`no alias: ${String(error)}`);
      },
    );
  }

  dispose(): void {
    this.#switched.dispose();
    this.#identified.dispose();
  }
}
