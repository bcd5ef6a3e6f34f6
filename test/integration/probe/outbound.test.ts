import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { askScript, parseAnswer } from '../../../src/core/probe/outbound/askScript.ts';
import { freePort } from '../ssh/sshd.ts';
import { ofThisMachine, toolsWith } from './tools.ts';

const run = promisify(execFile);
const asks = [
  { id: '0', address: '127.0.0.2' },
  { id: '1', address: '127.0.0.3' },
  { id: '2', address: '192.0.2.1' },
];

/** An echo, and what else may answer where one is expected. */
function answer({ url, socket }: IncomingMessage, response: ServerResponse): void {
  switch (url) {
    case '/elsewhere':
      response.writeHead(302, { location: '/echo' }).end();
      return;
    case '/page':
      response.end(`<html>Sign in${' '.repeat(200_000)}</html>`);
      return;
    case '/slow':
      response.write('198.');
      return;
    case '/nothing':
      socket.destroy();
      return;
    default:
      response.writeHead(200, { 'x-seen': 'yes' }).end(`${socket.remoteAddress ?? ''}\n`);
  }
}

describe('an address echo is asked from each address', function () {
  this.timeout(30_000);
  let directory: string;
  const servers: Server[] = [];
  let base: string;
  let safeBase: string;

  const serve = async (server: Server): Promise<number> => {
    const port = await freePort();
    servers.push(server.listen(port, '127.0.0.1'));
    return port;
  };

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-outbound-'));
    const [key, cert] = [join(directory, 'key'), join(directory, 'cert')];
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert],
      ...name,
    ]);
    base = `http://127.0.0.1:${await serve(createServer(answer))}`;
    const identity = { key: await readFile(key), cert: await readFile(cert) };
    safeBase = `https://localhost:${await serve(createTlsServer(identity, answer))}`;
  });

  after(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await rm(directory, { recursive: true, force: true });
  });

  const ask = async (url: string, programs: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const path = await toolsWith(await mkdtemp(join(directory, 'tool-')), ofThisMachine(...programs));
    const { stdout } = await run('/bin/sh', ['-c', askScript(asks, url, 2)], { env: { PATH: path, ...env } });
    return stdout.split('\n').flatMap((line) => parseAnswer(line) ?? []);
  };

  for (const tool of ['python3', 'curl', 'perl']) {
    it(`with ${tool}, whatever answers`, async () => {
      const [seen, page, elsewhere, slow, nothing, closed] = await Promise.all([
        ask(`${base}/echo`, [tool]),
        ask(`${base}/page`, [tool]),
        ask(`${base}/elsewhere`, [tool]),
        ask(`${base}/slow`, [tool]),
        ask(`${base}/nothing`, [tool]),
        ask(`http://127.0.0.1:${await freePort()}/`, [tool]),
      ]);
      const byId = seen.sort((one, other) => one.id.localeCompare(other.id));
      assert.deepEqual(
        byId.map(({ id, exitCode, status, body }) => [id, exitCode, status, body.trim()]),
        [
          ['0', 0, 200, '127.0.0.2'],
          ['1', 0, 200, '127.0.0.3'],
          ['2', 45, 0, ''],
        ],
      );
      const fromHere = (answers: typeof seen) => answers.filter(({ id }) => id !== '2');
      assert.equal(fromHere(page).length, 2);
      for (const { exitCode, status, body } of fromHere(page)) {
        assert.deepEqual([exitCode, status], [0, 200]);
        assert.match(body, /^<html>Sign in/);
      }
      assert.equal(fromHere(elsewhere).length, 2);
      for (const { exitCode, status } of fromHere(elsewhere)) assert.deepEqual([exitCode, status], [0, 302]);
      for (const { exitCode } of [slow, nothing, closed].flatMap(fromHere)) assert.notEqual(exitCode, 0);
    });
  }

  it('over TLS, by curl too where Python does not know who signed', async () => {
    const cert = join(directory, 'cert');
    const both = ['python3', 'curl'];
    const trusted = await ask(`${safeBase}/echo`, ['python3'], { SSL_CERT_FILE: cert });
    const byCurl = await ask(`${safeBase}/echo`, both, { CURL_CA_BUNDLE: cert });
    for (const answers of [trusted, byCurl]) {
      const bodies = answers.filter(({ exitCode }) => exitCode === 0).map(({ body }) => body.trim());
      assert.deepEqual(bodies.sort(), ['127.0.0.2', '127.0.0.3']);
    }
    const refused = await ask(`${safeBase}/echo`, both);
    assert.ok(refused.every(({ exitCode }) => exitCode !== 0));
  });
});
