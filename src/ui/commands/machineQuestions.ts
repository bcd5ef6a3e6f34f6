import * as l10n from '@vscode/l10n';
import type { Ec2 } from '../../core/aws/ec2.ts';
import { readImages, readInstanceType } from '../../core/aws/offers.ts';
import type { ImageChoice } from '../../core/aws/offers.ts';
import { CoreError } from '../../core/base/errors.ts';
import type { StackSpec } from '../../core/plan/recipes/createStack.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Choice } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import type { Step } from '../wizard/wizard.ts';

const typeNames = ['t3.micro', 't3.small', 't3.medium', 't3.large', 'm5.large'];

/** Asks for the instance type, with how many addresses each takes. */
export function askInstanceType(ec2: Ec2): Step<StackSpec> {
  const choices = async (current: string): Promise<readonly Choice<string>[]> => {
    const names = [...new Set([current, ...typeNames])];
    const limits = await Promise.allSettled(names.map((name) => readInstanceType(ec2, name)));
    const known = limits.flatMap((limit) => (limit.status === 'fulfilled' ? [limit.value] : []));
    return [
      ...known.map(({ instanceType, interfaces, addressesPerInterface }) => ({
        label: instanceType,
        description: l10n.t('{0} interfaces of {1} addresses', interfaces, addressesPerInterface),
        value: instanceType,
      })),
      { label: l10n.t('Another type…'), value: '' },
    ];
  };
  return async (spec, place) => {
    const { instanceType: current } = spec.instance;
    const picked = await askPick(place, {
      placeholder: l10n.t('Instance type'),
      choices: choices(current),
      selected: (value) => value === current,
    });
    const instanceType =
      picked ||
      (await askText(place, {
        prompt: l10n.t('Instance type, such as c8i.48xlarge'),
        value: '',
        problem: (value) => (value === '' ? l10n.t('Write an instance type.') : undefined),
      }));
    // Looked up here and not at the end, where the person would have forgotten what they typed.
    const { addressesPerInterface: maximum } = await readInstanceType(ec2, instanceType);
    const wanted = 1 + spec.eni.secondaries.length;
    if (wanted > maximum) throw new CoreError('plan.tooManyAddresses', { instanceType, wanted, maximum });
    return { ...spec, instance: { ...spec.instance, instanceType } };
  };
}

/** Asks for the image; by default the newest of what the spec names. */
export function askImage(ec2: Ec2): Step<StackSpec> {
  const choices = async (current: ImageChoice): Promise<readonly Choice<string>[]> => {
    const images = await readImages(ec2, current);
    return [
      ...images.slice(0, 5).map(({ id, name }) => ({
        label: name,
        description: id,
        value: id,
      })),
      { label: l10n.t('Another image…'), value: '' },
    ];
  };
  return async (spec, place) => {
    const picked = await askPick(place, {
      placeholder: l10n.t('Image to launch from'),
      choices: choices(spec.instance.image),
    });
    const id =
      picked ||
      (await askText(place, {
        prompt: l10n.t('Image id in {0}', ec2.region),
        value: '',
        placeholder: 'ami-0123456789abcdef0',
        problem: (value) =>
          /^ami-[0-9a-f]{8,17}$/.test(value)
            ? undefined
            : l10n.t('That is not an image id. One looks like ami-0123456789abcdef0.'),
      }));
    return { ...spec, instance: { ...spec.instance, image: { id } } };
  };
}
