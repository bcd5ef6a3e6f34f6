import assert from 'node:assert/strict';
import { withoutIcons, withoutLinks } from '../../../src/ui/plainText.ts';

describe('text of others', () => {
  it('draws no icon in a quick pick', () => {
    // What VS Code looks for, and leaves alone after a backslash.
    const icons = /(\\)?\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;
    const escaped = [...withoutIcons('a $(trash) $(sync~spin)').matchAll(icons)].map(([, slash]) => slash);
    assert.deepEqual(escaped, ['\\', '\\']);
  });

  it('makes no link in a message', () => {
    const links = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)]+\)/;
    assert.match('[x](command:workbench.action.quit)', links);
    assert.doesNotMatch(withoutLinks('[x](command:workbench.action.quit)'), links);
  });
});
