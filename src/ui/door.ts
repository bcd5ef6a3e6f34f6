// All of the extension but its entry: a bundle of its own, so that activation costs next to nothing.
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { requirePermissions } from '../core/plan/permissions.ts';
import { showAccountStatus } from './accountStatus.ts';
import { Clouds } from './clouds.ts';
import { createCommandBoundary } from './commandBoundary.ts';
import type { CommandBoundary } from './commandBoundary.ts';
import { registerAccount } from './commands/account.ts';
import { registerAddPairs } from './commands/addPairs.ts';
import { registerConfigureGuest } from './commands/configureGuest.ts';
import { registerCreateStack } from './commands/createStack.ts';
import { registerDiagnose } from './commands/diagnose.ts';
import { registerLook } from './commands/look.ts';
import { offerUnfinished, registerPlans } from './commands/plans.ts';
import { registerTearDown } from './commands/tearDown.ts';
import { registerValidate } from './commands/validate.ts';
import type { CommandId } from './contributions.ts';
import { type GuestAccess, createGuestAccess } from './guest/access.ts';
import { createLogins } from './guest/login.ts';
import { ProposalDocuments } from './guest/proposalDocuments.ts';
import { plainLog } from './plainLog.ts';
import { PlanBook } from './plan/planBook.ts';
import { createPlanDesk } from './plan/planDesk.ts';
import { handlersFor } from './plan/planHandlers.ts';
import { ProofBook } from './proofBook.ts';
import type { Services } from './services.ts';
import { settings } from './settings.ts';
import { marks } from './tree/marks.ts';
import { NetworkFilter } from './tree/networkFilter.ts';
import { createTrees } from './tree/views.ts';
import type { Trees } from './tree/views.ts';
import { ValidationHistory } from './validation/history.ts';
import { ValidationPanels } from './validation/validationPanel.ts';

/** What VS Code's questions are handed on to. */
export interface App {
  readonly trees: Trees;
  readonly validations: vscode.WebviewPanelSerializer;
  /** Runs a contributed command with whatever VS Code gave it. */
  invoke(id: CommandId, argument: unknown, all: unknown): Promise<void>;
  dispose(): void;
}

/**
 * Wires everything together; nothing is read or connected before a view or a command asks for it. `say`
 * shows a text above the rows of the network.
 */
export function createApp(context: vscode.ExtensionContext, say: (text: string) => void): App {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const { extensionUri, globalState, globalStorageUri, secrets } = context;
  const log = plainLog(vscode.window.createOutputChannel('EC2 Multi-IP', { log: true }));
  const further = (): Promise<vscode.Disposable> =>
    import('./furtherCommands.ts').then((it) =>
      it.registerFurtherCommands({ services, documents, validations, extensionUri, secrets }),
    );
  const boundary = createCommandBoundary(log, further);
  const clouds = new Clouds(settings, log, reporter(boundary, 'read the AWS configuration'));
  const proofs = new ProofBook(clouds.shownAccount.onDidSwitch);
  const logins = createLogins(settings, globalState);
  const access = createAccess(context, { logins, log, clouds, boundary });
  const book = new PlanBook(join(globalStorageUri.fsPath, 'journals'));
  const desk = createPlanDesk({
    extensionUri,
    book,
    handlersFor: (content) => handlersFor(content, clouds, access),
    boundary,
    before: async ({ region }, signal) => (await clouds.inRegion(region)).requireShownAccount(signal),
    permitted: async (plan, signal) =>
      requirePermissions(await (await clouds.inRegion(plan.region)).ec2(), plan, { signal }),
    session: () => clouds.shownAccount.session,
    onDidSwitch: clouds.shownAccount.onDidSwitch,
    inventory: async ({ region }) => (await clouds.inRegion(region)).refresh(),
    changed: async ({ region }) => {
      await (await clouds.inRegion(region)).refresh();
    },
  });
  const documents = new ProposalDocuments();
  const services: Services = { boundary, settings, log, clouds, desk, book, access, logins };
  const filter = new NetworkFilter(say);
  const trees = createTrees({ clouds, proofs, book, boundary, settings, filter });
  const history = new ValidationHistory(join(globalStorageUri.fsPath, 'validations.json'));
  const validations = new ValidationPanels({ services, proofs, history }, extensionUri);
  const subscriptions = vscode.Disposable.from(
    log,
    boundary,
    clouds,
    trees,
    documents,
    registerCommands(services, documents, validations, proofs),
    registerLook(services, filter),
    filter,
    vscode.window.registerFileDecorationProvider(marks),
    book,
  );
  void boundary.run('look for unfinished plans', () => offerUnfinished(services));
  return {
    trees,
    validations,
    invoke: (id, argument, all) => boundary.invoke(id, argument, all),
    dispose: () => {
      subscriptions.dispose();
    },
  };
}

/** Shows what went wrong while something was done that nobody waits for. */
function reporter(boundary: CommandBoundary, name: string): (error: unknown) => void {
  return (error) => {
    void boundary.run(name, () => {
      throw error;
    });
  };
}

/** The ways into guests, whose problems with the SSH configuration are shown and do not end what met them. */
function createAccess(
  { globalStorageUri, secrets }: vscode.ExtensionContext,
  { boundary, ...given }: Pick<Services, 'logins' | 'log' | 'clouds' | 'boundary'>,
): GuestAccess {
  return createGuestAccess({
    ...given,
    knownHosts: join(globalStorageUri.fsPath, 'known_hosts'),
    secrets,
    report: reporter(boundary, 'read the SSH configuration'),
  });
}

function registerCommands(
  services: Services,
  documents: ProposalDocuments,
  validations: ValidationPanels,
  proofs: ProofBook,
): vscode.Disposable {
  return vscode.Disposable.from(
    showAccountStatus(services.clouds),
    registerAccount(services),
    registerCreateStack(services),
    registerAddPairs(services),
    registerConfigureGuest(services, documents, proofs),
    registerValidate(services, validations),
    registerDiagnose(services, validations),
    registerTearDown(services),
    registerPlans(services),
  );
}
