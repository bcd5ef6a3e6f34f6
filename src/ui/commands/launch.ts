import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Ec2 } from '../../core/aws/ec2.ts';
import { readImages } from '../../core/aws/offers.ts';
import { CoreError } from '../../core/base/errors.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareLaunch } from '../../core/plan/preparations.ts';
import { type StackSpec, defaultStack } from '../../core/plan/recipes/createStack.ts';
import type { LaunchSpec } from '../../core/plan/recipes/launch.ts';
import type { NewEniSpec } from '../../core/plan/recipes/newEni.ts';
import type { Services } from '../services.ts';
import type { EniTarget } from '../target.ts';
import { eniTitle } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import { runWizard } from '../wizard/wizard.ts';
import type { Step } from '../wizard/wizard.ts';
import { cloudOf } from './cloudOf.ts';
import { askKeyPair } from './keyQuestions.ts';
import { requireEni } from './lookUp.ts';
import { askImage, askInstanceType } from './machineQuestions.ts';
import { askGroups, askNewAddresses, askSubnet } from './newEniQuestions.ts';

/** A ready ENI to launch on; `undefined` for one that the launch makes. */
async function readyEni(index: InventoryIndex, title: string, target: EniTarget | undefined) {
  if (target !== undefined) return requireEni(index, target.eniId).id;
  const ready = index.inventory.enis.filter(
    (eni) => eni.status === 'available' && eni.managedBy === undefined,
  );
  if (ready.length === 0) return undefined;
  return askPick<string | undefined>(
    { title, step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('Network interface of the instance'),
      choices: [
        ...ready.map((eni) => ({ label: eniTitle(eni), description: eni.id, value: eni.id })),
        { label: l10n.t('Let the launch make one'), value: undefined },
      ],
    },
  );
}

const askInstanceName: Step<StackSpec> = async (spec, place) => {
  const name = await askText(place, {
    prompt: l10n.t('Name of the instance'),
    value: spec.instance.name,
    problem: (value) => (value === '' ? l10n.t('Write a name.') : undefined),
  });
  return { ...spec, instance: { ...spec.instance, name } };
};

async function imageOf(ec2: Ec2, { image }: StackSpec['instance']): Promise<string> {
  const [newest] = await readImages(ec2, image);
  if (newest !== undefined) return newest.id;
  throw new CoreError('plan.notFound', { what: 'image', id: 'id' in image ? image.id : image.name });
}

/** Registers the command that launches an instance on an ENI that is ready, or on one of its own. */
export function registerLaunch({ boundary, clouds, desk, settings, logins }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.launch', async (target) => {
    const title = l10n.t('Launch Instance');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const ec2 = await cloud.ec2();
    const networkInterfaceId = await readyEni(index, title, target);
    const bare: NewEniSpec = { subnetId: '', groupIds: [], addresses: { count: 2 } };
    const steps = [
      askSubnet<NewEniSpec>(index, () => true),
      askGroups<NewEniSpec>(index),
      askNewAddresses<NewEniSpec>(index),
    ];
    const on: LaunchSpec['on'] =
      networkInterfaceId === undefined ? await runWizard(title, steps, bare) : { networkInterfaceId };
    const stack = defaultStack();
    const instanceType = settings.get('ec2MultiIp.stack.instanceType');
    const imageId = settings.get('ec2MultiIp.stack.imageId');
    const image = imageId === '' ? stack.instance.image : { id: imageId };
    const preferred = settings.get('ec2MultiIp.stack.keyName');
    const questions = [
      askInstanceName,
      askInstanceType(ec2),
      askImage(ec2),
      askKeyPair(ec2, { preferred, logins, isOptional: true }),
    ];
    const { instance } = await runWizard(title, questions, {
      ...stack,
      eni: { ...stack.eni, secondaries: [] },
      instance: { ...stack.instance, instanceType, image },
    });
    const spec: LaunchSpec = {
      on,
      name: instance.name,
      instanceType: instance.instanceType,
      shutdownBehavior: instance.shutdownBehavior,
      imageId: await imageOf(ec2, instance),
      ...(instance.key !== undefined && { key: instance.key }),
    };
    desk.present({
      title: l10n.t('Launch Instance “{0}”', instance.name),
      plan: await prepareLaunch(ec2, spec),
      handlers: awsHandlers(ec2),
    });
  });
}
