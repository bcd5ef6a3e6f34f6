import { chromium, type Browser, type Page } from 'playwright-core';
import { keepLine } from '../kept.ts';
import { installChromium, type Log } from './install.ts';
import type { Locale } from './server.ts';

/** What a window opens. All paths are absolute. */
export interface WindowOptions {
  /** The server's `origin`. */
  origin: string;
  /** The folder to open. */
  folder: string;
  /** An extension to load for development; needs a server started with `driver`. */
  extensionDevelopmentPath?: string;
  /** A CommonJS file whose `run()` the extension host calls; needs a server started with `driver`. */
  extensionTestsPath?: string;
}

/** How the window looks. */
export interface LookOptions {
  /** Default 1280 × 800. */
  viewport?: { width: number; height: number };
  /** Pixels of a picture for each of the viewport's; default 1. */
  scale?: number;
  /** What the browser says is the user's language; the display language is the server's `locale`. */
  locale?: Locale;
}

/** An open window in a browser of its own. */
export interface OpenWorkbench {
  readonly page: Page;
  /** What the window's developer console said, oldest first; for the text of a failure. */
  readonly console: readonly string[];
  close(): Promise<void>;
}

const BROWSER_ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--force-color-profile=srgb'],
  // Whatever the window wants beyond this machine is refused at once.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Two minutes would hide a hang; a cold start of all suites at once needs some ten seconds. */
const READY_TIMEOUT_MS = 60_000;

/** The address of a window. */
export function windowUrl(options: WindowOptions): string {
  const { origin, folder, extensionDevelopmentPath, extensionTestsPath } = options;
  const url = new URL(`${origin}/`);
  url.searchParams.set('folder', folder);
  const remote = (path: string): string => `vscode-remote://${url.host}${path}`;
  const payload = [
    // Whatever our extension could ever log is to be in its log.
    ['logLevel', 'ec2-multi-ip.ec2-multi-ip:trace'],
    ...(extensionDevelopmentPath === undefined
      ? []
      : [['extensionDevelopmentPath', remote(extensionDevelopmentPath)]]),
    ...(extensionTestsPath === undefined ? [] : [['extensionTestsPath', remote(extensionTestsPath)]]),
  ];
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * Opens a browser without a window of its own at a blank page of the wanted look; `beforeOpen` may prepare the
 * page. Resolves once the workbench has drawn itself.
 */
export async function openWorkbench(
  options: WindowOptions & LookOptions & { log: Log },
  beforeOpen?: (page: Page) => Promise<void>,
): Promise<OpenWorkbench> {
  const browser = await chromium.launch({
    executablePath: await installChromium(options.log),
    args: BROWSER_ARGS,
    headless: true,
  });
  try {
    const page = await newPage(browser, options);
    const lines: string[] = [];
    page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => lines.push(`uncaught: ${error.stack ?? error.message}`));
    await beforeOpen?.(page);
    await page.goto(windowUrl(options));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: READY_TIMEOUT_MS });
    const close = async () => {
      lines.forEach((line) => {
        keepLine('consoles', line);
      });
      await keepMemory(page);
      await browser.close();
    };
    return { page, console: lines, close };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Keeps what VS Code remembers of our extension in the browser; its secret storage is where secrets belong. */
async function keepMemory(page: Page): Promise<void> {
  if (page.isClosed()) return;
  const lines = await page
    .evaluate(async () => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => {
            resolve(request.result);
          };
          request.onerror = () => {
            reject(new Error('the browser forgot'));
          };
        });
      const found: string[] = [];
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const objects = database.transaction(store).objectStore(store);
          const keys = objects.getAllKeys();
          const values = await done(objects.getAll());
          for (const [index, value] of values.entries()) {
            found.push(`${name} ${store} ${JSON.stringify(keys.result[index])} ${JSON.stringify(value)}`);
          }
        }
        database.close();
      }
      for (const [key, value] of Object.entries(localStorage)) {
        if (key !== 'secrets.provider') found.push(`localStorage ${key} ${String(value)}`);
      }
      return found;
    })
    .catch(() => []);
  for (const line of lines) keepLine('memories', line);
}

async function newPage(browser: Browser, look: LookOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: look.viewport ?? { width: 1280, height: 800 },
    deviceScaleFactor: look.scale ?? 1,
    locale: look.locale === 'ja' ? 'ja-JP' : 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // Whatever a webview is sent, its document first of all, and what it sends back is to be without secrets.
  await context.exposeBinding('keepMessage', (_source, text: string) => {
    keepLine('webviews', text);
  });
  await context.addInitScript(() => {
    const { keepMessage } = globalThis as unknown as { keepMessage: (text: string) => Promise<void> };
    // The window and its webviews speak to one another through ports.
    const send = Reflect.get(MessagePort.prototype, 'postMessage') as (...args: readonly unknown[]) => void;
    Reflect.set(MessagePort.prototype, 'postMessage', function (this: MessagePort, ...args: unknown[]) {
      void keepMessage(JSON.stringify(args.slice(0, 1)));
      send.apply(this, args);
    });
  });
  return context.newPage();
}
