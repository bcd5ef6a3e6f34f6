import { homedir } from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../core/model/network.ts';
import { expandHome } from '../../core/ssh/home.ts';
import { given } from '../cancelled.ts';
import type { Settings } from '../settings.ts';
import { titleOf } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Choice } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import { runWizard } from '../wizard/wizard.ts';
import type { Step } from '../wizard/wizard.ts';
import { privateKeys, sshFolder } from './keyFiles.ts';

/** As whom, and with what, to log in to an instance. */
export interface Login {
  readonly user: string;
  /** Absent where only the agent is to be asked. */
  readonly keyFile?: string;
}

interface Answers {
  readonly user: string;
  /** Empty: only the agent. */
  readonly keyFile: string;
}

/** What is known of a login without asking. */
export interface LoginHints {
  /** What the person's own configuration says. */
  readonly user: string | undefined;
  /** What the image says. */
  readonly guessed: string | undefined;
  readonly keyFile: string | undefined;
}

/** Finds out how to log in to instances, and remembers it. */
export interface Logins {
  /** Settings first, then what was remembered, then the hints, then what a person answers. */
  of(instance: Instance, hints: LoginHints): Promise<Login>;
  remember(instance: Instance, login: Login): Promise<void>;
  /** Whether a login has worked before: without one nothing of ours can be in the guest. */
  isRemembered(instance: Instance): boolean;
  /** Keeps where the private key of a key pair is, so that nobody has to be asked. */
  rememberKeyPair(keyName: string, keyFile: string): Promise<void>;
  /** Asks anew next time, because the login was refused. */
  forget(instance: Instance): Promise<void>;
}

function memoryKey(instance: Instance): string {
  return `login/${instance.id}`;
}

function refusedKey(instance: Instance): string {
  return `refused/${instance.id}`;
}

function pairKey(keyName: string): string {
  return `keyPair/${keyName}`;
}

/** Where an SSH agent listens, if one does; on Windows OpenSSH's has one place for all. */
export function agentSocket(): string | undefined {
  const socket = process.env['SSH_AUTH_SOCK'];
  if (socket !== undefined && socket !== '') return socket;
  return process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}

function userChoices(): readonly Choice<string>[] {
  return [
    { label: 'admin', description: 'Debian', value: 'admin' },
    { label: 'ubuntu', description: 'Ubuntu', value: 'ubuntu' },
    { label: 'ec2-user', description: 'Amazon Linux, RHEL, SUSE', value: 'ec2-user' },
    { label: 'rocky', value: 'rocky' },
    { label: 'bitnami', value: 'bitnami' },
    { label: 'root', value: 'root' },
    { label: l10n.t('Another user…'), value: '' },
  ];
}

const askUser: Step<Answers> = async (answers, place) => {
  const user = await askPick(place, {
    placeholder: l10n.t('User to log in as; it belongs to the image'),
    choices: userChoices(),
    selected: (value) => value === answers.user,
  });
  if (user !== '') return { ...answers, user };
  const typed = await askText(place, {
    prompt: l10n.t('User to log in as'),
    value: answers.user,
    problem: (value) => (value === '' ? l10n.t('Write the name of a user.') : undefined),
  });
  return { ...answers, user: typed };
};

async function keyChoices(): Promise<readonly Choice<string>[]> {
  const keys = await privateKeys(sshFolder());
  const agent = agentSocket() === undefined ? [] : [{ label: 'ssh-agent', value: '' }];
  return [
    ...keys.map((path) => ({ label: path, value: path })),
    ...agent,
    { label: l10n.t('Another file…'), value: '?' },
  ];
}

async function browse(): Promise<string> {
  const chosen = await vscode.window.showOpenDialog({
    title: l10n.t('Private key of the instance'),
    openLabel: l10n.t('Use This Key'),
    defaultUri: vscode.Uri.file(sshFolder()),
  });
  return given(chosen?.[0]).fsPath;
}

const askKeyFile: Step<Answers> = async (answers, place) => {
  const keyFile = await askPick(place, {
    placeholder: l10n.t('Private key that belongs to the key pair of the instance'),
    choices: keyChoices(),
    selected: (value) => value !== '' && value === answers.keyFile,
  });
  return { ...answers, keyFile: keyFile === '?' ? await browse() : keyFile };
};

/** Makes the book of logins; only names and paths are kept in it. */
export function createLogins(settings: Settings, memory: vscode.Memento): Logins {
  return {
    of: async (instance, hints) => {
      const known = memory.get<Answers>(memoryKey(instance));
      const refused = memory.get<boolean>(refusedKey(instance)) === true;
      // A guess that was refused is no guess any more: then a person is asked.
      const guessed = refused ? undefined : hints.guessed;
      const user = settings.get('ec2MultiIp.ssh.user') || (known?.user ?? hints.user ?? guessed);
      const ofPair = memory.get<string>(pairKey(instance.keyName ?? ''));
      const keyFile =
        expandHome(settings.get('ec2MultiIp.ssh.keyFile'), homedir()) ||
        (known?.keyFile ?? hints.keyFile ?? ofPair);
      const steps = [
        ...(user === undefined ? [askUser] : []),
        ...(keyFile === undefined ? [askKeyFile] : []),
      ];
      const answers = await runWizard(l10n.t('Log In to {0}', titleOf(instance)), steps, {
        user: user ?? hints.guessed ?? 'admin',
        keyFile: keyFile ?? '',
      });
      return answers.keyFile === '' ? { user: answers.user } : answers;
    },
    remember: async (instance, { user, keyFile = '' }) => {
      await memory.update(memoryKey(instance), { user, keyFile } satisfies Answers);
      await memory.update(refusedKey(instance), undefined);
    },
    isRemembered: (instance) => memory.get(memoryKey(instance)) !== undefined,
    rememberKeyPair: async (keyName, keyFile) => {
      await memory.update(pairKey(keyName), keyFile);
    },
    forget: async (instance) => {
      await memory.update(memoryKey(instance), undefined);
      await memory.update(refusedKey(instance), true);
      await memory.update(pairKey(instance.keyName ?? ''), undefined);
    },
  };
}
