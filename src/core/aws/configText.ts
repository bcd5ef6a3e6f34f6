/** A setting of a section, or of what is nested in one; Python, and so the AWS CLI, takes a colon too. */
const SETTING = /^(\s*)(\w[\w-]*)\s*[=:](.*)$/;

/** Settings that name another section. */
const REFERENCES = new Set(['source_profile', 'sso_session', 'services']);

/** What follows a credential_process on indented lines, and is no setting by itself. */
const CONTINUED = /^(credential_process[^\S\n]*[=:].*)((?:\n[^\S\n]+(?!\w+\s*=)\S.*)+)/gim;

/** Makes a name of one that the SDK would not take. */
type Naming = (name: string) => string;

/** The header of a section: its name as the AWS CLI reads it, and what kind of section it is where it says so. */
export function headerOf(line: string): { readonly kind?: string; readonly name: string } | undefined {
  const text = line.trimStart();
  const end = text.indexOf(']');
  if (!text.startsWith('[') || end < 0) return undefined;
  const inner = text.slice(1, end).trim();
  const [, kind, named = inner] = /^(profile|sso-session|services)\s+(.+)$/.exec(inner) ?? [];
  const [, , name = named] = /^(["'])(.*)\1$/.exec(named) ?? [];
  return kind === undefined ? { name } : { kind, name };
}

/** The lines of a configuration file, whoever's editor wrote it. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
}

/** A setting with its name as the AWS CLI reads it; what is nested in another is indented. */
export function settingOf(line: string): readonly [key: string, value: string, indent: string] | undefined {
  const [, indent = '', key, value = ''] = SETTING.exec(line) ?? [];
  return key === undefined ? undefined : [key.toLowerCase(), value.replace(/\s[#;].*$/, '').trim(), indent];
}

function sdkLine(line: string, sdkName: Naming): string {
  const header = headerOf(line);
  if (header !== undefined && header.name !== '') {
    const { kind, name } = header;
    return kind === undefined ? `[${sdkName(name)}]` : `[${kind} ${sdkName(name)}]`;
  }
  const [key = '', value = '', indent] = settingOf(line) ?? [];
  if (REFERENCES.has(key)) return `${indent ?? ''}${key} = ${sdkName(value)}`;
  return indent === '' ? `${key} = ${value}` : line;
}

/** A configuration file's text as the SDK understands all of it, with names that it takes. */
export function sdkText(text: string, sdkName: Naming): string {
  const whole = linesOf(text)
    .join('\n')
    .replace(CONTINUED, (_, first: string, rest: string) => first + rest.replace(/\n\s*/g, ' '));
  return whole
    .split('\n')
    .map((line) => sdkLine(line, sdkName))
    .join('\n');
}
