import { type CoreError, isCoreError } from '../base/errors.ts';
import type { Instance } from '../model/network.ts';
import type { CallOptions, Ec2 } from './ec2.ts';

/** What reading them may be told. */
export interface LoginFactsOptions extends CallOptions {
  /** Told which IAM action is missing: nothing stops without it, but a person has to answer more. */
  readonly onDenied?: ((error: CoreError) => void) | undefined;
}

/** What EC2 tells about how to log in to an instance; a part that it does not tell is absent. */
export interface LoginFacts {
  readonly image?: { readonly name: string; readonly description: string; readonly platform: string };
  readonly keyPair?: { readonly fingerprint?: string; readonly publicKey?: string };
}

/** Reads them; what may not be read, or is gone, is no failure, because a person can still be asked. */
export async function readLoginFacts(
  ec2: Ec2,
  { imageId, keyName }: Pick<Instance, 'imageId' | 'keyName'>,
  options: LoginFactsOptions = {},
): Promise<LoginFacts> {
  const keyPairs = async (name: string) =>
    (await ec2.describeKeyPairs({ KeyNames: [name], IncludePublicKey: true }, options)).KeyPairs?.[0];
  const [images, keys] = await Promise.allSettled([
    ec2.describeImages({ ImageIds: [imageId] }, options),
    keyName === undefined ? undefined : keyPairs(keyName),
  ]);
  options.signal?.throwIfAborted();
  for (const answer of [images, keys]) {
    if (answer.status === 'rejected') tellDenied(answer.reason, options);
  }
  const image = images.status === 'fulfilled' ? images.value.Images?.[0] : undefined;
  const key = keys.status === 'fulfilled' ? keys.value : undefined;
  return {
    ...(image !== undefined && {
      image: {
        name: image.Name ?? '',
        description: image.Description ?? '',
        platform: image.PlatformDetails ?? '',
      },
    }),
    ...(key !== undefined && {
      keyPair: {
        ...(key.KeyFingerprint !== undefined && { fingerprint: key.KeyFingerprint }),
        ...(key.PublicKey !== undefined && { publicKey: key.PublicKey }),
      },
    }),
  };
}

/** What an instance printed to its console; empty where it may not be read or nothing is there yet. */
export async function readConsole(
  ec2: Ec2,
  instanceId: string,
  options: LoginFactsOptions = {},
): Promise<string> {
  try {
    const { Output = '' } = await ec2.getConsoleOutput({ InstanceId: instanceId }, options);
    return Buffer.from(Output, 'base64').toString('utf8');
  } catch (error) {
    options.signal?.throwIfAborted();
    tellDenied(error, options);
    // A person is asked instead; the door has logged why.
    if (error instanceof Error) return '';
    throw error;
  }
}

function tellDenied(error: unknown, { onDenied }: LoginFactsOptions): void {
  if (isCoreError(error, 'aws.denied')) onDenied?.(error);
}
