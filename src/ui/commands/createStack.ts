import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Ec2 } from '../../core/aws/ec2.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareStack } from '../../core/plan/preflight.ts';
import { defaultStack } from '../../core/plan/recipes/createStack.ts';
import type { StackSpec } from '../../core/plan/recipes/createStack.ts';
import type { Services } from '../services.ts';
import type { Settings } from '../settings.ts';
import { runWizard } from '../wizard/wizard.ts';
import { cloudOf } from './cloudOf.ts';
import { askEips } from './eipQuestions.ts';
import { askKeyPair } from './keyQuestions.ts';
import { askImage, askInstanceType } from './machineQuestions.ts';
import { configureNext } from './nextSteps.ts';
import { askStackPlace, specInside } from './stackPlaceQuestions.ts';
import { askAddresses, askName, askPorts, askSubnetCidr, askVpcCidr } from './stackQuestions.ts';

/** The walk's own values, with what the settings change. */
function defaults(settings: Settings): StackSpec {
  const spec = defaultStack();
  const imageId = settings.get('ec2MultiIp.stack.imageId');
  return {
    ...spec,
    instance: {
      ...spec.instance,
      instanceType: settings.get('ec2MultiIp.stack.instanceType'),
      image: imageId === '' ? spec.instance.image : { id: imageId },
    },
  };
}

async function ask(ec2: Ec2, index: InventoryIndex, { settings, logins }: Services): Promise<StackSpec> {
  const title = l10n.t('Create Stack');
  const inside = await askStackPlace(index, title);
  const spec = defaults(settings);
  const isIdle = index.idleEips.some(({ managedBy }) => managedBy === undefined);
  const steps = [
    askName,
    ...(inside === undefined ? [askVpcCidr] : []),
    ...(inside?.subnetId === undefined ? [askSubnetCidr(index)] : []),
    askAddresses(index),
    ...(inside?.groupId === undefined ? [askPorts] : []),
    askInstanceType(ec2),
    askImage(ec2),
    askKeyPair(ec2, { preferred: settings.get('ec2MultiIp.stack.keyName'), logins }),
    ...(isIdle ? [askEips<StackSpec>(index, ({ eni }) => 1 + eni.secondaries.length)] : []),
  ];
  return runWizard(title, steps, inside === undefined ? spec : specInside(spec, inside, index));
}

/** Registers the command that makes a VPC with all that an instance of several addresses needs. */
export function registerCreateStack(services: Services): vscode.Disposable {
  const { boundary, clouds, desk } = services;
  return boundary.command('ec2MultiIp.createStack', async (target) => {
    const cloud = await cloudOf(clouds, l10n.t('Create Stack'), target);
    const ec2 = await cloud.ec2();
    const spec = await ask(ec2, await cloud.inventory(), services);
    desk.present({
      title: l10n.t('Create Stack “{0}”', spec.vpc.name),
      plan: await prepareStack(ec2, spec),
      handlers: awsHandlers(ec2),
      next: configureNext(ec2.region),
    });
  });
}
