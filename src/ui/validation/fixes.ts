import * as vscode from 'vscode';
import type { Fix } from '../../core/diagnose/fix.ts';
import { prepareFix } from '../../core/diagnose/prepareFix.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { configureNext, validateNext } from '../commands/nextSteps.ts';
import type { Services } from '../services.ts';
import type { EniTarget } from '../target.ts';
import { loadDiagnosis } from './diagnosis.ts';

/** Opens what mends a finding as a plan; nothing changes before a person applies it. */
export async function presentFix({ clouds, desk }: Services, fix: Fix, at: EniTarget): Promise<void> {
  if (fix.recipe === 'configureGuest') {
    const target: EniTarget = { ...at, eniId: fix.networkInterfaceId };
    await vscode.commands.executeCommand('ec2MultiIp.configureGuest', target);
    return;
  }
  const { fixLabel } = await loadDiagnosis();
  const ec2 = await (await clouds.inRegion(at.region)).ec2();
  desk.present({
    title: fixLabel(fix).replace(/…$/, ''),
    plan: await prepareFix(ec2, fix),
    handlers: awsHandlers(ec2),
    next: fix.recipe === 'pair' ? configureNext(ec2.region, fix.spec.networkInterfaceId) : validateNext(at),
  });
}
