import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PlanAction } from '../plan/planDesk.ts';
import type { EniTarget } from '../target.ts';

function eniOf(outputs: ReadonlyMap<string, Readonly<Record<string, string>>>): string | undefined {
  return outputs.get('eni')?.['networkInterfaceId'];
}

/** The step after new addresses: the guest OS has to be told. Without an id it is the ENI that the plan made. */
export function configureNext(region: string, eniId?: string): PlanAction {
  return {
    label: l10n.t('Configure Guest OS…'),
    run: async (outputs) => {
      const id = eniId ?? eniOf(outputs);
      const target: EniTarget | undefined = id === undefined ? undefined : { kind: 'eni', eniId: id, region };
      await vscode.commands.executeCommand('ec2MultiIp.configureGuest', target);
    },
  };
}

/** The step after the guest is configured: the proof. */
export function validateNext(target: EniTarget): PlanAction {
  return {
    label: l10n.t('Validate'),
    run: async () => {
      await vscode.commands.executeCommand('ec2MultiIp.validate', target);
    },
  };
}
