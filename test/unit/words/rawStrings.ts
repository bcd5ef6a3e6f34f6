import ts from 'typescript';

/** Properties of VS Code's and of our own objects that are shown as they are. */
const SHOWN = new Set([
  ...['label', 'description', 'detail', 'tooltip', 'title', 'name', 'text', 'prompt', 'placeholder'],
  ...['placeHolder', 'openLabel', 'saveLabel', 'message', 'validationMessage', 'summary', 'fault', 'advice'],
]);

/** Functions and classes of whose arguments each is shown. */
const SHOWING =
  /^(show(Error|Warning|Information)Message|setStatusBarMessage|createWebviewPanel|Refusal|TreeItem|FileDecoration)$/;

/** Functions that are given texts in the user's language, or that none sees. */
const LOCALIZING = /^(t|debug|info|warn|trace|error|executeCommand|get|update)$/;

/** Whether a literal is for people: it has a word in it that is no identifier. */
function isText(text: string): boolean {
  return /\p{L}{2}/u.test(text) && (/\s|…/.test(text.trim()) || /^\p{Lu}\p{Ll}/u.test(text));
}

function nameOf(expression: ts.Node): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** All literals that an expression may become, through conditions, lists, joins and templates. */
function literals(node: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [
      node.head.text,
      ...node.templateSpans.flatMap(({ expression, literal }) => [...literals(expression), literal.text]),
    ];
  }
  if (ts.isCallExpression(node)) {
    // What is called upon a list or a text, such as `[…].join(' · ')`; arguments are separators or parts.
    return ts.isPropertyAccessExpression(node.expression) && !LOCALIZING.test(nameOf(node.expression))
      ? literals(node.expression.expression)
      : [];
  }
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) {
    return [...literals(node.left), ...literals(node.right)];
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(literals);
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  return [];
}

/** What of a node is shown to a person. */
function shownParts(node: ts.Node): readonly ts.Node[] {
  if (ts.isPropertyAssignment(node) && SHOWN.has(node.name.getText())) return [node.initializer];
  if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && SHOWING.test(nameOf(node.expression))) {
    return node.arguments ?? [];
  }
  const assigned = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return assigned && SHOWN.has(nameOf(node.left)) ? [node.right] : [];
}

/** The literals of a source file that a person sees although nobody has localized them. */
export function rawStrings(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const part of shownParts(node)) found.push(...literals(part).filter(isText));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

/** Where a manifest shows text: the keys of its contributions. */
const MANIFEST =
  /^(title|shortTitle|description|markdownDescription|label|name|contents|altText|detail|displayName|category|(markdown)?[eE]numDescriptions|enumItemLabels|deprecationMessage|completionMessage)$/;

/** The texts of a manifest that are not `%key%` of a localized text; `path` is what stands before. */
export function rawManifestTexts(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') {
    return MANIFEST.test(key) && !/^%[^%]+%$/.test(value) && value !== 'EC2 Multi-IP'
      ? [`${key}: ${value}`]
      : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => rawManifestTexts(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => rawManifestTexts(item, name));
}
