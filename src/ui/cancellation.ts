import type * as vscode from 'vscode';

/** The core's `AbortSignal` for VS Code's `CancellationToken`; the one place where they meet. */
export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else {
    token.onCancellationRequested(() => {
      controller.abort();
    });
  }
  return controller.signal;
}
