// Logs in to a guest as Debian's EC2 user with the private key on the standard input, and prints what a command did.
// Usage: login.ts ADDRESS COMMAND
import { text } from 'node:stream/consumers';
import ssh2 from 'ssh2';

const [host = '', command = ''] = process.argv.slice(2);
const privateKey = await text(process.stdin);
let hostKey = '';

const client = new ssh2.Client();
client.on('ready', () => {
  client.exec(command, (error, channel) => {
    if (error !== undefined) throw error;
    void Promise.all([text(channel), text(channel.stderr)]).then(([stdout, stderr]) => {
      client.end();
      process.stdout.write(JSON.stringify({ stdout, stderr, code, hostKey }));
    });
    let code = 0;
    channel.on('exit', (ended: number | null) => (code = ended ?? 255));
  });
});
client.on('error', (error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});
client.connect({
  host,
  username: 'admin',
  privateKey,
  readyTimeout: 20_000,
  hostVerifier: (key: Buffer) => {
    hostKey = key.toString('base64');
    return true;
  },
});
