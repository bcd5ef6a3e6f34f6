import ts from 'typescript';

/** From where a test runs a command. */
export type From = 'node' | 'palette';

/** One run of a command in a test: its id without the extension's own part, or its title. */
export interface Try {
  readonly command: string;
  readonly from: From;
}

/** All string literals below a node. */
function stringsIn(node: ts.Node): readonly string[] {
  const below: string[] = [];
  ts.forEachChild(node, (child) => {
    below.push(...stringsIn(child));
  });
  return ts.isStringLiteralLike(node) ? [node.text, ...below] : below;
}

function isGiven(argument: ts.Node | undefined): boolean {
  return argument !== undefined && argument.getText() !== 'undefined';
}

/** What one call of a test runs, where it runs a command. */
function triesIn({ expression, arguments: given }: ts.CallExpression): readonly Try[] {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  const [first, second] = given;
  const texts = first === undefined ? [] : stringsIn(first);
  // A click: in the palette by the whole title, in the menu of a row by the title alone.
  if (/^(runCommand|command|choose)$/.test(name)) {
    return given
      .flatMap(stringsIn)
      .map((text) => ({ command: text.replace(/^EC2 Multi-IP: /, ''), from: 'palette' }));
  }
  if (name === 'contextMenu')
    return given
      .slice(2)
      .flatMap(stringsIn)
      .map((command) => ({ command, from: 'node' }));
  if (!/^(executeCommand|invoke|run|titlesOf)$/.test(name)) return [];
  const from = isGiven(second) ? 'node' : 'palette';
  return texts.map((text) => ({ command: text.replace(/^ec2MultiIp\./, ''), from }));
}

/** The commands that a test file runs. */
export function triesOf(source: string): readonly Try[] {
  const found: Try[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found.push(...triesIn(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

/** A command of the manifest, and where it has to be tried. */
export interface Wanted {
  readonly id: string;
  readonly title: string;
  readonly from: readonly From[];
}

/** Which commands are tried from nowhere where they can be run, as `id from node`. */
export function untried(wanted: readonly Wanted[], tries: readonly Try[]): readonly string[] {
  return wanted.flatMap(({ id, title, from }) =>
    from
      .filter(
        (place) => !tries.some((one) => one.from === place && (one.command === id || one.command === title)),
      )
      .map((place) => `${id} from ${place}`),
  );
}
