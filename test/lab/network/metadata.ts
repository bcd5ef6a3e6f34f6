import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { NetworkNamespace } from './namespace.ts';
import type { AddressPolicy, VpcPolicy } from './policy.ts';

/** The address of the service, the same in every VPC. */
export const metadataAddress = '169.254.169.254';

/** What the service tells of one ENI. */
export interface MetadataOfInterface {
  readonly instanceId: string;
  readonly networkInterfaceId: string;
  readonly deviceIndex: number;
  readonly mac: string;
  readonly addresses: readonly AddressPolicy[];
}

/** The instance metadata service of one VPC: a process in its namespace, told by a file. */
export class Metadata {
  private readonly namespace: NetworkNamespace;
  private readonly file: string;
  private server: ChildProcess | undefined;
  private told = '';

  constructor(namespace: NetworkNamespace) {
    this.namespace = namespace;
    const directory = '/run/lab/metadata';
    mkdirSync(directory, { recursive: true });
    this.file = join(directory, `${namespace.name}.json`);
  }

  /** Makes the service answer by a policy; when this resolves, it does. */
  async apply(vpc: VpcPolicy): Promise<void> {
    const interfaces: readonly MetadataOfInterface[] = vpc.interfaces.map((eni) => ({
      instanceId: eni.instanceId,
      networkInterfaceId: eni.networkInterfaceId,
      deviceIndex: eni.deviceIndex,
      mac: eni.macAddress,
      addresses: eni.addresses,
    }));
    const text = JSON.stringify(interfaces);
    if (text !== this.told) {
      // By rename, so that a question in between never reads half of it.
      writeFileSync(`${this.file}.new`, text);
      renameSync(`${this.file}.new`, this.file);
    }
    this.told = text;
    if (this.server === undefined) await this.start();
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server?.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  private async start(): Promise<void> {
    await this.namespace.ip([`address add ${metadataAddress}/32 dev lo`]);
    const [command, ...args] = this.namespace.enter;
    const script = join(import.meta.dirname, 'metadataServer.ts');
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', script, this.file];
    const server = spawn(command ?? '', [...args, ...node], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      createInterface(server.stdout).once('line', () => {
        resolve();
      });
      server.on('error', reject);
      server.on('exit', (code) => {
        reject(new Error(`the metadata service ended with ${String(code)}`));
      });
    });
  }
}
