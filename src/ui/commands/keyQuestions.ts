import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Ec2 } from '../../core/aws/ec2.ts';
import { readKeyNames } from '../../core/aws/offers.ts';
import type { StackSpec } from '../../core/plan/recipes/createStack.ts';
import type { KeyChoice } from '../../core/plan/recipes/keyPair.ts';
import { freeKeyFile, publicKeys, sshFolder } from '../guest/keyFiles.ts';
import type { Logins } from '../guest/login.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Choice } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import type { Place } from '../wizard/back.ts';
import type { Step } from '../wizard/wizard.ts';

/** A key pair of the Region's, or one that is to be imported from a file: of a person's own, or a new one. */
type Picked = Pick<KeyChoice, 'name'> & {
  readonly file?: { readonly path: string; readonly isNew: boolean };
};

function imported(path: string): string {
  return basename(path, '.pub').replace(/^id_/, 'ec2-multi-ip-');
}

async function keyChoices(ec2: Ec2, preferred: string): Promise<readonly Choice<Picked>[]> {
  const [names, files] = await Promise.all([readKeyNames(ec2), publicKeys(sshFolder())]);
  const first = [...names].sort((a, b) => Number(b === preferred) - Number(a === preferred));
  const fresh = await freeKeyFile(sshFolder(), names);
  return [
    ...first.map((name) => ({
      label: name,
      description: l10n.t('key pair of this Region'),
      value: { name },
    })),
    ...files
      .filter((path) => !names.includes(imported(path)))
      .map((path) => ({
        label: l10n.t('Import {0}', basename(path)),
        description: join(path),
        value: { name: imported(path), file: { path: path.replace(/\.pub$/, ''), isNew: false } },
      })),
    {
      label: l10n.t('Make a new key'),
      description: fresh,
      value: { name: imported(fresh), file: { path: fresh, isNew: true } },
    },
  ];
}

/** Asks for a passphrase twice, because nobody can open the key again whose passphrase was mistyped. */
async function askNewPassphrase(place: Place): Promise<string> {
  const passphrase = await askText(place, {
    prompt: l10n.t('Passphrase for the new key; leave it empty for a key without one'),
    value: '',
    isSecret: true,
    problem: () => undefined,
  });
  if (passphrase === '') return passphrase;
  return askText(place, {
    prompt: l10n.t('The same passphrase once more'),
    value: '',
    isSecret: true,
    problem: (again) => (again === passphrase ? undefined : l10n.t('The two passphrases differ.')),
  });
}

async function made(path: string, place: Place): Promise<string> {
  const passphrase = await askNewPassphrase(place);
  const { makeKey } = await import('../../core/ssh/newKey.ts');
  return makeKey(path, passphrase);
}

/** How the key pair of an instance is chosen. */
export interface KeyQuestion {
  /** The name of the key pair that comes first, where it is there. */
  readonly preferred: string;
  readonly logins: Logins;
  /** Whether the instance may do without one. */
  readonly isOptional?: boolean;
}

/** Asks for the key pair: one of the Region's, a public key to import, or a new key that is made at once. */
export function askKeyPair(
  ec2: Ec2,
  { preferred, logins, isOptional = false }: KeyQuestion,
): Step<StackSpec> {
  const choices = async (): Promise<readonly Choice<Picked | undefined>[]> => [
    ...(await keyChoices(ec2, preferred)),
    ...(isOptional ? [{ label: l10n.t('No key pair'), value: undefined }] : []),
  ];
  return async (spec, place) => {
    const { key, ...instance } = spec.instance;
    const picked = await askPick(place, {
      placeholder: l10n.t('Key pair that opens the instance by SSH'),
      choices: choices(),
      selected: (value) => value?.name === (key?.name ?? preferred),
    });
    if (picked === undefined) return { ...spec, instance };
    const { name, file } = picked;
    if (file === undefined) return { ...spec, instance: { ...instance, key: { name } } };
    const publicKey = file.isNew ? await made(file.path, place) : await readFile(`${file.path}.pub`, 'utf8');
    // The private key lies beside the public one: who imported it will not be asked for it.
    await logins.rememberKeyPair(name, file.path);
    return { ...spec, instance: { ...instance, key: { name, publicKey } } };
  };
}
