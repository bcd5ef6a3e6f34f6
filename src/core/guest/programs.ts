import type { ConfigureGuest } from './configureGuest.ts';

/** Shell that refuses files which a half-installed manager could not be told of, before anything is changed. */
export function needPrograms(
  { files }: Pick<ConfigureGuest, 'files'>,
  ...programs: readonly string[]
): string {
  if (files.length === 0) return ':';
  return programs
    .map(
      (program) =>
        `command -v ${program} >/dev/null 2>&1 || refuse candidateRefused "$F0" '${program}: command not found'`,
    )
    .join('\n');
}
