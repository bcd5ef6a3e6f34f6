import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Cloud } from './ui/cloud.ts';
import { createCommandBoundary } from './ui/commandBoundary.ts';
import { registerAccount } from './ui/commands/account.ts';
import { registerAddPairs } from './ui/commands/addPairs.ts';
import { registerConfigureGuest } from './ui/commands/configureGuest.ts';
import { registerCopy } from './ui/commands/copy.ts';
import { registerCreateStack } from './ui/commands/createStack.ts';
import { registerPair } from './ui/commands/pair.ts';
import { registerTearDown } from './ui/commands/tearDown.ts';
import { registerUnpair } from './ui/commands/unpair.ts';
import { registerValidate } from './ui/commands/validate.ts';
import { createGuestAccess } from './ui/guest/access.ts';
import { createLogins } from './ui/guest/login.ts';
import { ProposalDocuments } from './ui/guest/proposalDocuments.ts';
import { createPlanDesk } from './ui/plan/planDesk.ts';
import { ProofBook } from './ui/proofBook.ts';
import type { Services } from './ui/services.ts';
import { settings } from './ui/settings.ts';
import { registerViews } from './ui/tree/views.ts';

/** Wires everything together; nothing is read or connected before a view or a command asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const { extensionUri, globalState, globalStorageUri } = context;
  const log = vscode.window.createOutputChannel('EC2 Multi-IP', { log: true });
  const boundary = createCommandBoundary(log);
  const cloud = new Cloud(settings, log);
  const proofs = new ProofBook();
  const logins = createLogins(settings, globalState);
  const access = createGuestAccess({
    logins,
    knownHosts: join(globalStorageUri.fsPath, 'known_hosts'),
    log,
  });
  const desk = createPlanDesk({
    extensionUri,
    journals: join(globalStorageUri.fsPath, 'journals'),
    boundary,
    changed: async () => {
      await cloud.refresh();
    },
  });
  const documents = new ProposalDocuments();
  const services: Services = { boundary, settings, log, cloud, desk, access, logins };
  context.subscriptions.push(
    log,
    cloud,
    registerViews({ cloud, proofs, boundary }),
    registerAccount(services),
    registerCreateStack(services),
    registerAddPairs(services),
    registerPair(services),
    registerUnpair(services),
    documents,
    registerConfigureGuest(services, documents),
    registerValidate(services, proofs, extensionUri),
    registerTearDown(services),
    registerCopy(services),
  );
}
