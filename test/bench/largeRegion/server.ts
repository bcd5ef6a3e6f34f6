// Answers EC2's describes of one large Region from memory, so that nothing but the client is measured.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo } from './answers.ts';

const made = new Map<string, string | undefined>();

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const call = new URLSearchParams(body);
    const [action, token] = [call.get('Action') ?? '', call.get('NextToken')];
    const key = `${action} ${token ?? ''}`;
    if (!made.has(key)) made.set(key, answerTo(action, token));
    const answer = made.get(key);
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'text/xml;charset=UTF-8' });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`);
});
