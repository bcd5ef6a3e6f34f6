import { parseArgs } from 'node:util';
import type { Locale } from '../lab/vscode/server.ts';

/** What the demo is to do, or what to say instead, with the exit code. */
export type DemoOptions =
  | { readonly headless: boolean; readonly locale: Locale }
  | { readonly text: string; readonly exitCode: number };

const USAGE = `usage: npm run demo [-- OPTION…]

Shows the main job in a lab on this machine, which needs no AWS account: opens the real
VS Code on it, and says at which address, until Ctrl-C takes everything down.

  --headless      does the same in the terminal instead, and ends by itself
  --language ja   opens VS Code in Japanese; en is English
  --help          says this
`;

/** Reads the demo's arguments. */
export function demoOptions(args: readonly string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean', default: false },
        language: { type: 'string', default: 'en' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { headless, language, help } = values;
    if (help) return { text: USAGE, exitCode: 0 };
    if (language === 'en' || language === 'ja') return { headless, locale: language };
    return { text: `There is no language “${language}” here.\n\n${USAGE}`, exitCode: 2 };
  } catch (error) {
    return { text: `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, exitCode: 2 };
  }
}
