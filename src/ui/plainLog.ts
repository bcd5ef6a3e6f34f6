import type * as vscode from 'vscode';
import { visible } from '../words/visible.ts';

/** The same channel, in which nothing of what guests and tags say steers the terminal that it is read in. */
export function plainLog(channel: vscode.LogOutputChannel): vscode.LogOutputChannel {
  const plain = (level: 'trace' | 'debug' | 'info' | 'warn') => (message: string) => {
    channel[level](visible(message));
  };
  return {
    ...channel,
    ...{ trace: plain('trace'), debug: plain('debug'), info: plain('info'), warn: plain('warn') },
    error: (error: string | Error, ...rest: unknown[]) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : error;
      channel.error(visible(text), ...rest);
    },
  };
}
