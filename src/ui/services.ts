import type * as vscode from 'vscode';
import type { Clouds } from './clouds.ts';
import type { CommandBoundary } from './commandBoundary.ts';
import type { GuestAccess } from './guest/access.ts';
import type { Logins } from './guest/login.ts';
import type { PlanBook } from './plan/planBook.ts';
import type { PlanDesk } from './plan/planDesk.ts';
import type { Settings } from './settings.ts';

/** What most commands work with; `extension.ts` makes one of each. */
export interface Services {
  readonly boundary: CommandBoundary;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
  readonly clouds: Clouds;
  readonly desk: PlanDesk;
  readonly book: PlanBook;
  readonly access: GuestAccess;
  readonly logins: Logins;
}
