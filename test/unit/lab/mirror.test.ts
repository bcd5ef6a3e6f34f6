import { equal } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configuredMirror } from '../../lab/image/mirror.ts';

describe("the machine's own mirror", () => {
  let etcApt: string;

  beforeEach(() => {
    etcApt = mkdtempSync(join(tmpdir(), 'apt-'));
    mkdirSync(join(etcApt, 'sources.list.d'));
  });
  afterEach(() => {
    rmSync(etcApt, { recursive: true });
  });

  it('is found in lines, with and without options', () => {
    const lines = '# deb http://comment/ bookworm main\ndeb-src http://source/ bookworm main\n';
    writeFileSync(
      join(etcApt, 'sources.list'),
      `${lines}deb [arch=amd64 a=b] http://mirror/debian bookworm main\n`,
    );
    equal(configuredMirror('bookworm', etcApt), 'http://mirror/debian');
  });

  it('is found in paragraphs, by the suite that is asked for', () => {
    const paragraph = (uri: string, suites: string): string =>
      `Types: deb\nURIs: ${uri}\nSuites: ${suites}\n`;
    const security = paragraph('http://mirror/security', 'bookworm-security');
    const file = join(etcApt, 'sources.list.d', 'debian.sources');
    writeFileSync(file, `${security}\n${paragraph('http://mirror/debian', 'bookworm bookworm-updates')}`);
    equal(configuredMirror('bookworm', etcApt), 'http://mirror/debian');
  });

  it('is none where the machine installs another release', () => {
    writeFileSync(join(etcApt, 'sources.list'), 'deb http://mirror/ubuntu noble main\n');
    equal(configuredMirror('bookworm', etcApt), undefined);
  });
});
