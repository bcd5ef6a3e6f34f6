import * as vscode from 'vscode';
import type { Fix } from '../../core/diagnose/fix.ts';
import { prepareFix } from '../../core/diagnose/prepareFix.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { configureNext, validateNext } from '../commands/nextSteps.ts';
import type { Services } from '../services.ts';
import type { EniTarget } from '../target.ts';
import { loadDiagnosis } from './diagnosis.ts';

/** Opens what mends a finding as a plan; nothing changes before a person applies it. */
export async function presentFix({ cloud, desk }: Services, fix: Fix, eniId: string): Promise<void> {
  if (fix.recipe === 'configureGuest') {
    const target: EniTarget = { kind: 'eni', eniId: fix.networkInterfaceId };
    await vscode.commands.executeCommand('ec2MultiIp.configureGuest', target);
    return;
  }
  const { fixLabel } = await loadDiagnosis();
  const ec2 = await cloud.ec2();
  desk.present({
    title: fixLabel(fix).replace(/…$/, ''),
    plan: await prepareFix(ec2, fix),
    handlers: awsHandlers(ec2),
    next: fix.recipe === 'pair' ? configureNext(fix.spec.networkInterfaceId) : validateNext(eniId),
  });
}
