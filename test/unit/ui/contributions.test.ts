import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commandTargets,
  contextKeys,
  rowTokens,
  settingDefaults,
  statuses,
  viewIds,
} from '../../../src/ui/contributions.ts';

const root = join(import.meta.dirname, '..', '..', '..');

interface MenuEntry {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string; icon?: string }[];
    readonly views: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when: string }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly media: { readonly image: Readonly<Record<string, string>> };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { default: unknown; scope: string }>>;
    }[];
  };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

const manifest = read('package.json') as Manifest;
const english = read('package.nls.json') as Record<string, string>;
const japanese = read('package.nls.ja.json') as Record<string, string>;
const { commands, configuration, menus, views, viewsWelcome, walkthroughs } = manifest.contributes;
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const settings = Object.assign({}, ...configuration.map(({ properties }) => properties)) as Record<
  string,
  { default: unknown; scope: string }
>;
const allMenus = Object.values(menus).flat();

/** Every `%key%` that the manifest refers to. */
const referred = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');

describe('the manifest and the typed list of contributions', () => {
  it('have the same commands', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), Object.keys(commandTargets).sort());
  });

  it('have the same settings with the same defaults', () => {
    const defaults = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value.default]));
    assert.deepEqual(defaults, settingDefaults);
  });

  it('have the same views', () => {
    const ids = Object.values(views).flatMap((group) => group.map(({ id }) => id));
    assert.deepEqual(ids, Object.values(viewIds));
  });

  it('speak of known rows, tokens, views and statuses alone', () => {
    const kinds = new Set(Object.values(commandTargets).flat());
    const words = new Set<string>([...kinds, ...rowTokens]);
    for (const { when } of allMenus) {
      const viewId = /view == (\S+)/.exec(when)?.[1];
      assert.ok(Object.values<string | undefined>(viewIds).includes(viewId), `${when}: no such view`);
      for (const [, word = ''] of when.matchAll(/viewItem =~ \/\\b(\w+)\\b\//g)) {
        assert.ok(words.has(word), `${when}: no row is called ${word}`);
      }
    }
    for (const { when } of viewsWelcome) {
      for (const part of when.split(' || ')) {
        const [key, status] = part.split(' == ');
        assert.equal(key, contextKeys.status);
        assert.ok((statuses as readonly (string | undefined)[]).includes(status), `${when}: no such status`);
      }
    }
  });

  it('have steps of the walkthrough end by what the extension tells', () => {
    for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
      const [kind, what = ''] = event.split(/:(.*)/s);
      // That a command was begun says nothing: it may have been left, or have failed.
      assert.equal(kind, 'onContext', event);
      const keys = what.split(' || ').map((part) => part.split(' == ')[0]);
      for (const key of keys) assert.ok(Object.values<string | undefined>(contextKeys).includes(key), event);
    }
  });

  it('offer a command only on rows that it takes', () => {
    for (const { command, when } of menus['view/item/context'] ?? []) {
      const kind = /viewItem =~ \/\\b(\w+)\\b\//.exec(when)?.[1] ?? '';
      const takes = (commandTargets as Record<string, readonly string[]>)[command] ?? [];
      // Without a target it is a command about the Region as a whole.
      const fits = takes.includes(kind) || (takes.length === 0 && kind === 'region');
      assert.ok(fits, `${command} does not take a ${kind}`);
    }
  });
});

describe('the manifest', () => {
  it('has each of its texts in both languages, and none that nobody uses', () => {
    assert.deepEqual(Object.keys(english).sort(), [...new Set(referred)].sort());
    assert.deepEqual(Object.keys(japanese).sort(), Object.keys(english).sort());
  });

  it('has Japanese that differs from the English, with the same links', () => {
    const links = (text: string | undefined) =>
      [...(text ?? '').matchAll(/\(command:([^)]+)\)/g)].map(([, id]) => id);
    for (const [key, text] of Object.entries(english)) {
      assert.notEqual(japanese[key], text, key);
      assert.deepEqual(links(japanese[key]), links(text), key);
      for (const id of links(text))
        assert.ok(id !== undefined && id in commandTargets, `${key}: ${String(id)}`);
    }
  });

  it('has each of its settings in both READMEs', () => {
    for (const file of ['README.md', 'README.ja.md']) {
      const text = readFileSync(join(root, file), 'utf8');
      const told = [...text.matchAll(/^\| `(ec2MultiIp\.[\w.]+)` \|/gm)].map(([, key]) => key);
      assert.deepEqual(told.sort(), Object.keys(settings).sort(), file);
    }
  });

  it('writes command titles in title case, and with … where input follows', () => {
    const asks = [
      'createStack',
      'addPairs',
      'pair',
      'unpair',
      'moveEip',
      'removePairs',
      'releaseEips',
      'reverseDns',
      'attachEni',
      'launch',
      'configureGuest',
      'revertGuest',
      'rebootAndProve',
      'copyMailSettings',
      'tearDown',
      'resumePlan',
      'undoPlan',
      'openPlanLog',
      'filter',
      'chooseProfile',
      'chooseRegion',
      'chooseRegions',
      'forgetSecrets',
    ];
    for (const { command, title, category } of commands) {
      const text = english[title.slice(1, -1)] ?? '';
      const name = command.replace('ec2MultiIp.', '');
      assert.equal(category, 'EC2 Multi-IP');
      assert.match(text, /^((?:[A-Z+][A-Za-z]*|by|in|and)(?: |…?$))+$/, text);
      assert.equal(text.endsWith('…'), asks.includes(name), text);
    }
  });

  it('shows at most three inline actions on a row, each also in its menu', () => {
    const entries = menus['view/item/context'] ?? [];
    const inline = entries.filter(({ group }) => group.startsWith('inline'));
    const byRow = Map.groupBy(inline, ({ when }) => when.split(' && ').slice(0, 2).join());
    for (const [row, actions] of byRow) {
      const slots = new Set(actions.map(({ group }) => group));
      assert.ok(slots.size <= 3, `${row} has ${slots.size}`);
    }
    for (const { command, when } of inline) {
      const inMenu = entries.some(
        (entry) => entry.command === command && entry.when === when && !entry.group.startsWith('inline'),
      );
      assert.ok(inMenu, `${command} is inline but not in the menu where ${when}`);
      assert.ok(commands.find((each) => each.command === command)?.icon, `${command} has no icon`);
    }
  });

  it('lets no workspace set paths, hosts or the account unnoticed', () => {
    for (const key of ['ec2MultiIp.endpoint', 'ec2MultiIp.ssh.keyFile']) {
      assert.equal(settings[key]?.scope, 'machine', key);
    }
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    for (const [key, { scope }] of Object.entries(settings)) {
      assert.equal(restrictedConfigurations.includes(key), scope !== 'machine', key);
    }
  });

  it('wakes the extension by its contributions alone, and names pictures that are there', () => {
    assert.deepEqual(manifest.activationEvents, []);
    const pictures = Object.values(views).flatMap((group) => group.map(({ icon }) => icon));
    for (const picture of [manifest.icon, ...pictures]) assert.ok(existsSync(join(root, picture)), picture);
  });

  it('has pictures of its walkthrough for each theme, in the language that is spoken', () => {
    for (const { media } of steps) {
      assert.deepEqual(Object.keys(media.image), ['dark', 'light', 'hc', 'hcLight']);
      for (const [name, key] of Object.entries(media.image)) {
        const theme = /light/i.test(name) ? 'light' : 'dark';
        for (const [locale, texts] of Object.entries({ en: english, ja: japanese })) {
          const picture = texts[key.slice(1, -1)] ?? '';
          assert.match(picture, new RegExp(`\\.${locale}\\.${theme}\\.png$`));
          assert.ok(existsSync(join(root, picture)), picture);
        }
      }
    }
  });
});
