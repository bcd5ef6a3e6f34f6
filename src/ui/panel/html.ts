import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * The page of a panel, with its script and its style sheet in it, and nothing that is to be loaded: what is loaded
 * goes through a worker of VS Code's, which on a machine that is busy gives up after half a minute, and the panel
 * would stay blank for good.
 */
export function panelHtml(extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const text = (...path: readonly string[]) =>
    readFileSync(vscode.Uri.joinPath(extensionUri, ...path).fsPath, 'utf8');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${text('media', 'panel.css')}</style>
</head>
<body><script nonce="${nonce}">${text('dist', 'panel.js').replaceAll('</script', '<\\/script')}</script></body>
</html>`;
}
