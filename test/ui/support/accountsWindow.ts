import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openEc2 } from '../../../src/core/aws/door.ts';
import { applyPlan } from '../../../src/core/plan/apply.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { prepareStack } from '../../../src/core/plan/preflight.ts';
import { defaultStack } from '../../../src/core/plan/recipes/createStack.ts';
import { startInstanceMetadata } from '../../lab/accounts/instanceMetadata.ts';
import { kindsEnvironment, writeKinds } from '../../lab/accounts/kindFiles.ts';
import type { KindFiles } from '../../lab/accounts/kindFiles.ts';
import { startSsoPortal } from '../../lab/accounts/sso.ts';
import type { SsoPortal } from '../../lab/accounts/sso.ts';
import { startEmulator } from '../../lab/emulator/emulator.ts';
import type { Emulator } from '../../lab/emulator/emulator.ts';
import { keptLog } from '../../lab/kept.ts';
import { startFaultProxy } from '../../lab/proxy/proxy.ts';
import type { FaultProxy } from '../../lab/proxy/proxy.ts';
import { startVsCode } from '../../lab/vscode/server.ts';
import { pick, runCommand, typeInput, waitForQuickInput } from '../../lab/vscode/ui/quickInput.ts';
import { openContainer } from '../../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../../lab/vscode/workbench.ts';

/** A real VS Code with every kind of credentials at hand, and the stack “standalone” in the account. */
export interface AccountsWindow {
  readonly page: Page;
  readonly emulator: Emulator;
  /** What the windows' calls of EC2 go through. */
  readonly proxy: FaultProxy;
  readonly sso: SsoPortal;
  readonly files: KindFiles;
  /** Another VS Code beside it, with these variables besides the files. */
  openAnother(environment: Readonly<Record<string, string>>): Promise<AnotherWindow>;
  close(): Promise<void>;
}

/** A VS Code of the same account, which has been started with other variables. */
export interface AnotherWindow {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

const quiet = (): void => undefined;

/** Starts all of it; the guests of the stack take connections and say nothing. */
export async function openAccountsWindow(): Promise<AccountsWindow> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  try {
    const [emulator, sso, metadata, silent] = await Promise.all([
      startEmulator(),
      startSsoPortal(),
      startInstanceMetadata(),
      listen(),
    ]);
    undo.push(...[emulator, sso, metadata].map((it) => () => it.stop()), () =>
      Promise.resolve(silent.close()),
    );
    const proxy = await startFaultProxy({ upstream: emulator.endpoint });
    undo.push(() => proxy.stop());
    const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-accounts-'));
    undo.push(() => rm(directory, { recursive: true, force: true }));
    const files = {
      directory,
      sso: sso.endpoint,
      metadata: metadata.endpoint,
      sts: emulator.endpoint,
    };
    await writeKinds(files);
    await mkdir(join(directory, '.ssh'));
    const { port } = silent.address() as AddressInfo;
    await writeFile(
      join(directory, '.ssh', 'config'),
      `Host 198.51.100.*\n  HostName 127.0.0.1\n  Port ${port}\n  ProxyCommand nc %h %p\nnonsense\n`,
    );
    await makeStack(emulator.endpoint, files);
    const openAnother = async (environment: Readonly<Record<string, string>>) => {
      const another = await openWindow(proxy.endpoint, files, environment);
      undo.push(another.close);
      return another;
    };
    const { page } = await openAnother({ AWS_REGION: 'us-east-1' });
    return { page, emulator, proxy, sso, files, openAnother, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Chooses a profile by the command for that. */
export async function chooseProfile(page: Page, profile: string): Promise<void> {
  await runCommand(page, 'EC2 Multi-IP: Choose Profile…');
  await waitForQuickInput(page, 'Profile of your AWS');
  await typeInput(page, profile);
  await pick(page, profile);
}

/** Opens VS Code; what has been closed may be closed again. */
async function openWindow(
  endpoint: string,
  files: KindFiles,
  environment: Readonly<Record<string, string>>,
): Promise<AnotherWindow> {
  const { directory } = files;
  const server = await startVsCode({
    folder: directory,
    extension: join(import.meta.dirname, '..', '..', '..'),
    settings: {
      'ec2MultiIp.endpoint': endpoint,
      'ec2MultiIp.ssh.user': 'admin',
      'ec2MultiIp.ssh.keyFile': join(directory, 'none'),
    },
    env: { ...kindsEnvironment(files), ...environment, SSH_AUTH_SOCK: '' },
    log: quiet,
  });
  const window = await openWorkbench({ origin: server.origin, folder: directory, log: quiet });
  await openContainer(window.page, 'EC2 Multi-IP');
  let closing: Promise<void> | undefined;
  return {
    page: window.page,
    close: () => (closing ??= window.close().then(() => server.stop())),
  };
}

async function listen(): Promise<Server> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.unref();
}

async function makeStack(endpoint: string, files: KindFiles): Promise<void> {
  const names = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const;
  const before = names.map((name) => [name, process.env[name]] as const);
  const environment = kindsEnvironment(files);
  for (const name of names) process.env[name] = environment[name];
  const ec2 = await openEc2({ profile: 'static', endpoint, log: keptLog('accounts') });
  try {
    const stack = defaultStack();
    // One that takes further addresses.
    const instance = { ...stack.instance, instanceType: 't3.large' };
    await applyPlan(await prepareStack(ec2, { ...stack, instance }), { handlers: awsHandlers(ec2) });
    await ec2.allocateAddress({});
  } finally {
    ec2.close();
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
