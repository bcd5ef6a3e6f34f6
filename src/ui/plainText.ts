import { visible } from '../words/visible.ts';

/**
 * Text for a quick pick or a status: VS Code would draw an icon for `$(name)`, and names come from tags, which
 * anybody may have written.
 */
export function withoutIcons(text: string): string {
  return visible(text).replaceAll('$(', '\\$(');
}

/** Text for a message, where VS Code would make a link, even to a command, of `[text](target)`. */
export function withoutLinks(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

/** Text for a prompt or a validation message of a quick input, where VS Code would make links as well as icons. */
export function plainLine(text: string): string {
  return withoutIcons(withoutLinks(text));
}
