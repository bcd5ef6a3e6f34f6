import type { Ec2 } from '../../aws/ec2.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';
import { idIn, madeBy, tagsOn } from './tags.ts';

/** Gives EC2 a public key, under a name that is still free. */
export function importKeyPair(ec2: Ec2): ChangeHandler<'importKeyPair'> {
  return {
    findsByTag: true,
    perform: async ({ keyName, publicKey }, step) => {
      const answer = await ec2.importKeyPair({
        KeyName: keyName,
        PublicKeyMaterial: new TextEncoder().encode(publicKey),
        ...tagsOn('key-pair', step, keyName),
      });
      return { keyName: idIn(answer.KeyName, 'ec2:ImportKeyPair') };
    },
    find: async (_, step) => {
      const name = (await ec2.describeKeyPairs(madeBy(step), step)).KeyPairs?.[0]?.KeyName;
      return name === undefined ? undefined : { keyName: name };
    },
    inverse: ({ keyName }) => ({ kind: 'deleteKeyPair', input: { keyName } }),
  };
}

/** Deletes a key pair; instances that have its public key keep it. */
export function deleteKeyPair(ec2: Ec2): ChangeHandler<'deleteKeyPair'> {
  return {
    repeatable: true,
    perform: ({ keyName }) => gone(ec2.deleteKeyPair({ KeyName: keyName })),
    find: ({ keyName }, step) =>
      ifGone(ec2.describeKeyPairs({ KeyNames: [keyName] }, step), ({ KeyPairs = [] }) => KeyPairs.length > 0),
    inverse: () => undefined,
  };
}
