import { join } from 'node:path';
import { startVsCode } from '../lab/vscode/server.ts';
import type { Locale } from '../lab/vscode/server.ts';
import type { VsCodeServer } from '../lab/vscode/server.ts';
import type { Settings } from '../lab/vscode/settings.ts';
import type { DemoHome } from './home.ts';

/** The cloud that a VS Code works on. */
export interface DemoCloud {
  readonly endpoint: string;
  /** Arguments before a command's own that bring it to where the guests are. */
  readonly enterOperator?: readonly string[];
  readonly echoUrl?: string;
}

/** How the editor looks, and what else it is started with. */
export interface EditorOptions {
  readonly locale?: Locale;
  readonly settings?: Settings;
  /** Whether a folder is trusted only after a person says so. */
  readonly restricted?: boolean;
  /** Where the server keeps settings and state, if that is to be read or prepared. */
  readonly serverDataDirectory?: string;
  readonly log: (line: string) => void;
}

/** Starts the real VS Code with the built extension, as a person of the lab has it. */
export function startEditor(cloud: DemoCloud, home: DemoHome, options: EditorOptions): Promise<VsCodeServer> {
  const { locale = 'en', settings = {}, restricted = false, serverDataDirectory, log } = options;
  return startVsCode({
    folder: home.directory,
    extension: join(import.meta.dirname, '..', '..'),
    settings: {
      'ec2MultiIp.profile': home.profile,
      'ec2MultiIp.ssh.user': 'admin',
      'ec2MultiIp.ssh.keyFile': home.keyFile,
      ...(cloud.echoUrl !== undefined && { 'ec2MultiIp.probe.echoUrl': cloud.echoUrl }),
      ...settings,
    },
    env: home.env,
    ...(cloud.enterOperator !== undefined && { spawnPrefix: cloud.enterOperator }),
    ...(serverDataDirectory !== undefined && { serverDataDirectory }),
    locale,
    restricted,
    log,
  });
}
