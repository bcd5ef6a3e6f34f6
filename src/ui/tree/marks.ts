import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Mark } from './row.ts';

const SCHEME = 'ec2-multi-ip-row';

function decorationOf(mark: Mark): vscode.FileDecoration {
  const color = new vscode.ThemeColor(`ec2MultiIp.${mark}`);
  switch (mark) {
    case 'proven':
      return new vscode.FileDecoration('✓', l10n.t('works'), color);
    case 'failing':
      return new vscode.FileDecoration('✗', l10n.t('fails'), color);
    case 'unproven':
      return new vscode.FileDecoration('?', l10n.t('partly proven'), color);
    case 'idle':
      return new vscode.FileDecoration('$', l10n.t('idle, and costs money'), color);
  }
}

/** The address by which VS Code asks for a row's decoration; the mark is in it, so another mark is asked for anew. */
export function markUri(id: string, mark: Mark): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${id}`, query: mark });
}

/** Decorates the rows that have a mark. */
export const marks: vscode.FileDecorationProvider = {
  provideFileDecoration: ({ scheme, query }) => (scheme === SCHEME ? decorationOf(query as Mark) : undefined),
};
