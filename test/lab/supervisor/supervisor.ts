import { Socket } from 'node:net';
import { join } from 'node:path';
import { followState } from '../cloud/follow.ts';
import { serveControl } from '../control/server.ts';
import { startEmulator } from '../emulator/emulator.ts';
import { operatorAddress } from '../network/internet.ts';
import { controlSocketOf } from '../process/runDirectory.ts';
import { startFaultProxy } from '../proxy/proxy.ts';
import { DataPlane } from './dataPlane.ts';
import { startEchoServer } from './echoServer.ts';
import { forwardSocket } from './forwardSocket.ts';
import { controlHandlers } from './handlers.ts';

// The lab's own process: started by guard.sh as the operator, in namespaces of its own. Its end is the lab's end.
// Usage: supervisor.ts RUN_DIRECTORY tied|detached

const [runDirectory = '', tie] = process.argv.slice(2);
// Nothing of the lab may stay behind in the machine's own directory for such files.
process.env['TMPDIR'] = '/run/lab';

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

if (tie === 'tied') {
  // The starter holds the other end, and the kernel closes it however the starter ends.
  new Socket({ fd: 3 }).on('close', () => process.exit(0)).resume();
}

// The emulator starts its interpreter while the network is being laid.
const starting = startEmulator({ log });
const dataPlane = new DataPlane({
  runDirectory,
  log,
  setConsoleOutput: async (instanceId, text) => (await starting).setConsoleOutput(instanceId, text),
  poweredOff: async (instanceId) => (await starting).powerOff(instanceId),
});
process.on('exit', () => {
  dataPlane.keepDisks();
});
const [emulator] = await Promise.all([starting, dataPlane.create()]);
const proxy = await startFaultProxy({ upstream: emulator.endpoint, host: '127.0.0.1' });
const description = {
  endpoint: proxy.endpoint,
  endpointSocket: join(runDirectory, 'ec2.sock'),
  echoUrl: await startEchoServer(operatorAddress, 8080),
  enterOperator: ['nsenter', `--net=/proc/${process.env['LAB_HOST_PID'] ?? ''}/ns/net`, '--'],
  runDirectory,
};
await forwardSocket(description.endpointSocket, new URL(proxy.endpoint));
const handlers = controlHandlers({ description, dataPlane, emulator, proxy });
followState(emulator, (state) => {
  dataPlane.follow(state);
}).catch((error: unknown) => {
  // Guests without a control plane would only mislead whoever waits for them.
  log(`The lab ends: ${String(error)}`);
  process.exit(1);
});
await serveControl(controlSocketOf(runDirectory), handlers);
log('ready');
