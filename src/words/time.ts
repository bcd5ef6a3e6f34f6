import * as l10n from '@vscode/l10n';

/** A time of day as people write it in the language of the display. */
export function timeText(time: Date): string {
  const language = l10n.t({
    message: 'en-US',
    args: [],
    comment: ['The language tag that times are written by'],
  });
  return time.toLocaleTimeString(language);
}
