import * as l10n from '@vscode/l10n';

function language(): string {
  return l10n.t({
    message: 'en-US',
    args: [],
    comment: ['The language tag that times are written by'],
  });
}

/** A time of day as people write it in the language of the display. */
export function timeText(time: Date): string {
  return time.toLocaleTimeString(language());
}

/** The same without its seconds, where there is little room. */
export function shortTimeText(time: Date): string {
  return time.toLocaleTimeString(language(), { timeStyle: 'short' });
}

/** A day with its time, as people write it in the language of the display. */
export function dayText(time: Date): string {
  return time.toLocaleString(language());
}
