/** Directives whose value goes to a shell as it is, quotes and all. */
const RAW = /^(proxy|local|remote|knownhosts)command$/i;

/** A criterion of a Match line that is to be none of these; the library knows such within the list alone. */
const NEGATED = /(?<=\s)!(host|originalhost|user|localuser)(?:\s*=\s*|\s+)"?([^\s"!]+)"?/gi;

/**
 * A line of OpenSSH's configuration as the library reads it, which knows neither single quotes nor backslashes,
 * takes any hash for a comment, and no exclamation mark before a criterion.
 *
 * @returns `undefined` for a line that OpenSSH does not take.
 */
export function libraryLine(line: string): string | undefined {
  const [, start = '', directive = '', value = ''] =
    /^(\s*([A-Za-z][A-Za-z0-9]*)(?:\s*=\s*|\s+))(\S.*)$/.exec(line) ?? [];
  if (/^match$/i.test(directive)) return line.replace(NEGATED, noneOf);
  if (/^port$/i.test(directive)) return portLine(start, value);
  if (RAW.test(directive) || !/['\\#]/.test(value)) return line;
  const words = wordsOf(value);
  return words === undefined ? undefined : start + words.map(quoted).join(' ');
}

function noneOf(_: string, criterion: string, patterns: string): string {
  return `${criterion} ${patterns.replace(/(^|,)/g, '$1!')},*`;
}

/** OpenSSH knows ports by the names of their services too. */
function portLine(start: string, value: string): string | undefined {
  const [word = '', ...others] = wordsOf(value) ?? [];
  const port = word === 'ssh' ? 22 : Number(word);
  const isPort = others.length === 0 && Number.isInteger(port) && port > 0 && port < 65_536;
  return isPort ? `${start}${String(port)}` : undefined;
}

/** The words of a value up to its comment, as OpenSSH's `argv_split` has them; `undefined` where a quote has no end. */
function wordsOf(value: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < value.length; at += 1) {
    const [letter = '', next = ''] = [value[at], value[at + 1]];
    if (quote === '' && /\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && word === undefined && letter === '#') {
      return words;
      // Two of them stay two, or a pipe of Windows would be another.
    } else if (letter === '\\' && (/["']/.test(next) || (quote === '' && next === ' '))) {
      word = (word ?? '') + next;
      at += 1;
    } else if (letter === quote) {
      quote = '';
    } else if (quote === '' && /["']/.test(letter)) {
      quote = letter;
      word ??= '';
    } else {
      word = (word ?? '') + letter;
    }
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}

/** A word that stays one; whatever has a double quote in it, the library knows no way to say. */
function quoted(word: string): string {
  return /[\s#]/.test(word) || word === '' ? `"${word}"` : word;
}
