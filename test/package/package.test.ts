import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, packagedFiles, VSIX_BUDGET, weigh } from '../../scripts/build/vsix.ts';
import { ROOT } from '../runner/suite.ts';

/** All that a user gets. A new file in it is a decision, and so is made here too. */
const EXPECTED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.ja.md',
  'README.md',
  'SECURITY.md',
  'SUPPORT.md',
  'dist/THIRD-PARTY-NOTICES.txt',
  'dist/aws.cjs',
  'dist/diagnose.cjs',
  'dist/extension.cjs',
  'dist/panel.js',
  'dist/parts/*.cjs',
  'dist/ssh.cjs',
  'dist/ui.cjs',
  'l10n/bundle.l10n.ja.json',
  'media/activity.svg',
  'media/iam-policy.json',
  'media/icon.png',
  'media/icon.svg',
  'media/panel.css',
  'package.json',
  'package.nls.ja.json',
  'package.nls.json',
];

const PICTURES = 'media/readme/';

describe('the package', () => {
  it('holds just what a user needs', async () => {
    // The parts' names hold hashes of what is in them.
    const files = (await packagedFiles(ROOT)).map((file) => file.replace(/^(dist\/parts\/)[\w-]+/, '$1*'));
    const others = files.filter((file) => !file.startsWith(PICTURES));
    assert.deepEqual([...new Set(others)].sort(), EXPECTED);
  });

  it('holds the pictures that it shows, and no others', async () => {
    const texts = await Promise.all(
      ['README.md', 'README.ja.md', 'package.json'].map((file) => readFile(join(ROOT, file), 'utf8')),
    );
    const shown = new Set(texts.join().match(/media\/readme\/[\w.-]+\.png/g));
    const held = (await packagedFiles(ROOT)).filter((file) => file.startsWith(PICTURES));
    assert.deepEqual(held.sort(), [...shown].sort());
  });

  it('carries the licences of the libraries that are in its bundles', async () => {
    const notices = await readFile(join(ROOT, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      assert.match(notices, new RegExp(`^${name} ${version.replaceAll('.', '\\.')} \\([\\w.-]+\\)$`, 'm'));
    }
    for (const words of [/Apache License\s+Version 2\.0/, /Permission is hereby granted/, /tweetnacl/]) {
      assert.match(notices, words);
    }
  });

  it('weighs little', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-vsix-'));
    try {
      const file = join(directory, 'extension.vsix');
      await pack(ROOT, file);
      const { withoutPictures } = await weigh(ROOT, file);
      assert.ok(withoutPictures > 100_000, 'it holds the bundles');
      assert.ok(withoutPictures < VSIX_BUDGET, `${withoutPictures} bytes`);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
