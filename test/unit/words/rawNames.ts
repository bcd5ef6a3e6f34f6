import ts from 'typescript';

/** Functions of VS Code that show what they are given, and at which place the texts are. */
const SHOWING: Readonly<Record<string, number>> = {
  ...{ showErrorMessage: 0, showWarningMessage: 0, showInformationMessage: 0, setStatusBarMessage: 0 },
  ...{ TreeItem: 0, FileDecoration: 1, createWebviewPanel: 1, createOutputChannel: 0 },
};

/** Functions of VS Code that are given texts in an object. */
const GIVEN_OBJECTS =
  /^(show(Error|Warning|Information)Message|showInputBox|showOpenDialog|showSaveDialog|showQuickPick|withProgress|createTerminal|openTerminal|report)$/;

const TEXTS = new Set([
  ...['title', 'label', 'description', 'detail', 'tooltip', 'text', 'prompt', 'placeholder', 'placeHolder'],
  ...['message', 'validationMessage', 'name', 'accessibilityInformation', 'openLabel'],
]);

/** What makes text of others plain. */
const PLAIN = /\b(visible|withoutIcons|withoutLinks|plainLine|shownView)\b/;

function nameOf(expression: ts.Node): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** Whether all that it can be is of our own words. */
function isOurs(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return true;
  if (ts.isConditionalExpression(node)) return isOurs(node.whenTrue) && isOurs(node.whenFalse);
  return ts.isCallExpression(node) && nameOf(node.expression) === 't' && node.arguments.every(isOurs);
}

function objectTexts(node: ts.Node): readonly ts.Expression[] {
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    if (!TEXTS.has(property.name?.getText() ?? '')) return [];
    if (ts.isShorthandPropertyAssignment(property)) return [property.name];
    return ts.isPropertyAssignment(property) ? [property.initializer] : [];
  });
}

/** The texts that a node hands to VS Code. */
function shownParts(node: ts.Node): readonly ts.Expression[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const name = nameOf(node.expression);
    const given = node.arguments ?? ts.factory.createNodeArray<ts.Expression>();
    const place = Object.hasOwn(SHOWING, name) ? SHOWING[name] : undefined;
    const direct = given.filter((one, index) => index === place && !ts.isObjectLiteralExpression(one));
    return [...direct, ...(GIVEN_OBJECTS.test(name) ? given.flatMap(objectTexts) : [])];
  }
  const assigned = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (!assigned || !ts.isPropertyAccessExpression(node.left)) return [];
  return TEXTS.has(node.left.name.text) ? [node.right] : [];
}

/** The texts of a source file that are handed to VS Code although others may have written them, as they are put. */
export function rawNames(source: string): readonly string[] {
  const found: string[] = [];
  const declared = new Map<string, string>();
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const learn = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) declared.set(node.name.getText(), node.initializer?.getText() ?? '');
    ts.forEachChild(node, learn);
  };
  const visit = (node: ts.Node): void => {
    for (const part of shownParts(node)) {
      // A name stands for what it was declared as, a call for what its function does.
      const named = ts.isCallExpression(part) ? part.expression : part;
      const text = `${part.getText()} ${declared.get(named.getText()) ?? ''}`;
      if (!isOurs(part) && !PLAIN.test(text)) found.push(part.getText());
    }
    ts.forEachChild(node, visit);
  };
  learn(file);
  visit(file);
  return found;
}
