// The commands beyond the main job, loaded with the first of them that is run.
import * as vscode from 'vscode';
import { registerAttachEni } from './commands/attachEni.ts';
import { registerCopy } from './commands/copy.ts';
import { registerEips } from './commands/eips.ts';
import { registerForgetSecrets } from './commands/forgetSecrets.ts';
import { registerLaunch } from './commands/launch.ts';
import { registerMailSettings } from './commands/mailSettings.ts';
import { registerOpenConsole } from './commands/openConsole.ts';
import { registerPair } from './commands/pair.ts';
import { registerRebootAndProve } from './commands/rebootAndProve.ts';
import { registerRemovePairs } from './commands/removePairs.ts';
import { registerRevertGuest } from './commands/revertGuest.ts';
import { registerSignIn } from './commands/signIn.ts';
import { registerSsh } from './commands/ssh.ts';
import { registerUnpair } from './commands/unpair.ts';
import type { ProposalDocuments } from './guest/proposalDocuments.ts';
import type { Services } from './services.ts';
import type { ValidationPanels } from './validation/validationPanel.ts';

/** What the further commands work with. */
export interface FurtherParts {
  readonly services: Services;
  readonly documents: ProposalDocuments;
  readonly validations: ValidationPanels;
  readonly extensionUri: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
}

/** Registers them all. */
export function registerFurtherCommands(parts: FurtherParts): vscode.Disposable {
  const { services, documents, validations, extensionUri, secrets } = parts;
  return vscode.Disposable.from(
    registerAttachEni(services),
    registerCopy(services, extensionUri),
    registerEips(services),
    registerForgetSecrets(services.boundary, secrets),
    registerLaunch(services),
    registerMailSettings(services),
    registerOpenConsole(services),
    registerPair(services),
    registerRebootAndProve(services, validations),
    registerRemovePairs(services),
    registerRevertGuest(services, documents),
    registerSignIn(services),
    registerSsh(services),
    registerUnpair(services),
  );
}
