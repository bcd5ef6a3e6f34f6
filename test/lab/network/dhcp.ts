import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { renderDhcp, renderDhcpHosts } from './dhcpConfiguration.ts';
import type { NetworkNamespace } from './namespace.ts';
import type { VpcPolicy } from './policy.ts';

/** The DHCP server of one VPC: dnsmasq, told by files. */
export class Dhcp {
  private readonly namespace: NetworkNamespace;
  private readonly directory: string;
  private server: ChildProcess | undefined;
  private configuration = '';
  private hosts = '';

  constructor(namespace: NetworkNamespace) {
    this.namespace = namespace;
    this.directory = `/run/lab/dhcp/${namespace.name}`;
    mkdirSync(this.directory, { recursive: true });
  }

  /** Makes the server answer by a policy; when this resolves, it does. */
  async apply(vpc: VpcPolicy): Promise<void> {
    const files = { leases: join(this.directory, 'leases'), hosts: join(this.directory, 'hosts') };
    const configuration = renderDhcp(vpc, files);
    const hosts = renderDhcpHosts(vpc);
    const stopped = this.server?.exitCode !== null || this.server.signalCode !== null;
    if (!stopped && configuration === this.configuration && hosts === this.hosts) return;
    writeFileSync(files.hosts, hosts);
    if (stopped || configuration !== this.configuration) {
      await this.stop();
      writeFileSync(join(this.directory, 'conf'), configuration);
      await this.start();
    } else {
      // A server that merely knows more hosts is never away, so no guest's question gets lost.
      this.server?.kill('SIGHUP');
    }
    this.configuration = configuration;
    this.hosts = hosts;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server?.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }

  private async start(): Promise<void> {
    const configuration = `--conf-file=${join(this.directory, 'conf')}`;
    const [command, ...args] = [...this.namespace.enter, 'dnsmasq', '--keep-in-foreground', configuration];
    const server = spawn(command, [...args, '--log-facility=-'], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.server = server;
    const lines = createInterface(server.stderr);
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      // It says which ranges it serves once its socket is open.
      lines.on('line', (line) => {
        said.push(line);
        if (line.includes('DHCP')) resolve();
      });
      server.on('error', reject);
      server.on('exit', (code) => {
        reject(new Error(`dnsmasq ended with ${String(code)}: ${said.join('; ')}`));
      });
    });
  }
}
