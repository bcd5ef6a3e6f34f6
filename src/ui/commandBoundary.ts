import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isExpected } from '../core/base/errors.ts';
import type { CoreError } from '../core/base/errors.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { isCancelled } from './cancelled.ts';
import { commandTargets } from './contributions.ts';
import type { CommandId, CommandTargets } from './contributions.ts';
import { withoutLinks } from './plainText.ts';
import { Refusal } from './refusal.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';

/** What a command does; without a target it asks for one. `all` are the rows that are selected beside it. */
export type CommandHandler<C extends CommandId> = (
  target?: CommandTargets[C],
  all?: readonly CommandTargets[C][],
) => Promise<void> | void;

/** Runs whatever a person starts, and is the only place that shows errors. */
export interface CommandBoundary {
  /** Says what a contributed command does. */
  command<C extends CommandId>(id: C, handler: CommandHandler<C>): vscode.Disposable;
  /** Runs a contributed command with what VS Code gave it: a tree node, a target, or nothing. */
  invoke(id: CommandId, argument: unknown, all?: unknown): Promise<void>;
  /** Runs work that a person started elsewhere, such as by a button of a panel. */
  run(name: string, work: () => Promise<void> | void): Promise<void>;
}

type AnyHandler = (target: Target | undefined, all: readonly Target[]) => Promise<void> | void;

/** The command that mends an error, offered as its one action. */
function remedy({ code }: CoreError): CommandId {
  switch (code) {
    case 'aws.noCredentials':
    case 'aws.credentialsExpired':
    case 'aws.credentialsRefused':
    case 'aws.unknownProfile':
      return 'ec2MultiIp.chooseProfile';
    case 'aws.denied':
    case 'plan.notPermitted':
      return 'ec2MultiIp.copyIamPolicy';
    case 'aws.ssoEnded':
    case 'aws.signInFailed':
      return 'ec2MultiIp.signIn';
    case 'aws.ssoDenied':
    case 'aws.notSso':
      return 'ec2MultiIp.chooseProfile';
    case 'aws.noRegion':
      return 'ec2MultiIp.chooseRegion';
    case 'aws.mfaRefused':
    case 'plan.notFound':
    case 'plan.changedMeanwhile':
      return 'ec2MultiIp.refresh';
    default:
      return 'ec2MultiIp.showLog';
  }
}

function remedyTitle(id: CommandId): string {
  if (id === 'ec2MultiIp.chooseProfile') return l10n.t('Choose Profile…');
  if (id === 'ec2MultiIp.copyIamPolicy') return l10n.t('Copy IAM Policy');
  if (id === 'ec2MultiIp.signIn') return l10n.t('Sign In');
  if (id === 'ec2MultiIp.chooseRegion') return l10n.t('Choose Region…');
  return id === 'ec2MultiIp.refresh' ? l10n.t('Refresh') : l10n.t('Show Log');
}

interface Wording {
  readonly sentence: string;
  readonly action: CommandId | 'none';
}

function wordingOf(error: unknown): Wording {
  if (isExpected(error)) return { sentence: errorSentence(error), action: remedy(error) };
  if (error instanceof Refusal) return { sentence: error.message, action: error.remedy };
  const message = error instanceof Error ? error.message : String(error);
  return {
    sentence: l10n.t('Something went wrong that should not: {0}', message),
    action: 'ec2MultiIp.showLog',
  };
}

async function show(name: string, error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (isExpected(error) || error instanceof Refusal) log.warn(`${name}: ${error.message}`);
  else log.error(error instanceof Error ? error : String(error), `in ${name}`);
  const { sentence, action } = wordingOf(error);
  const titles = action === 'none' ? [] : [remedyTitle(action)];
  const chosen = await vscode.window.showErrorMessage(withoutLinks(sentence), ...titles);
  if (chosen !== undefined) await vscode.commands.executeCommand(action);
}

/**
 * Makes the boundary: a cancel is silent, an error gets one sentence and one action.
 * `further` registers the commands that are not loaded from the start; it is asked once, when the first of them is run.
 */
export function createCommandBoundary(
  log: vscode.LogOutputChannel,
  further?: () => Promise<vscode.Disposable>,
): CommandBoundary & { dispose(): void } {
  const run = async (name: string, work: () => Promise<void> | void): Promise<void> => {
    log.debug(`${name}: begins`);
    try {
      await work();
      log.debug(`${name}: done`);
    } catch (error) {
      if (isCancelled(error)) log.debug(`${name}: cancelled`);
      // Not awaited: a message that nobody answers must not keep the command running.
      else void show(name, error, log);
    }
  };
  const handlers = new Map<CommandId, AnyHandler>();
  let furtherCommands: Promise<vscode.Disposable> | undefined;
  const handlerOf = async (id: CommandId): Promise<AnyHandler> => {
    if (!handlers.has(id)) await (furtherCommands ??= further?.());
    const handler = handlers.get(id);
    if (handler === undefined) throw new RangeError(`nothing carries ${id} out`);
    return handler;
  };
  return {
    run,
    dispose: () => {
      void furtherCommands?.then((it) => {
        it.dispose();
      });
    },
    command: (id, handler) => {
      handlers.set(id, handler as AnyHandler);
      return new vscode.Disposable(() => handlers.delete(id));
    },
    invoke: (id, argument, all) =>
      run(id, async () => {
        const handler = await handlerOf(id);
        const kinds: readonly string[] = commandTargets[id];
        const fitting = (it: unknown): readonly Target[] => {
          const target = targetOf(it);
          return target !== undefined && kinds.includes(target.kind) ? [target] : [];
        };
        return handler(fitting(argument)[0], Array.isArray(all) ? all.flatMap(fitting) : []);
      }),
  };
}
