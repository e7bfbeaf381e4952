/**
 * Finds what a person would read in the code of the browser side and is not in a catalogue: `node tools/i18n/literals.ts`,
 * a part of `npm run check`. Text and attributes of templates, whole sentences elsewhere, and what is given out as a label.
 * Errors for developers are no such words. What has to be in the code says why in a comment before it: `// Not in a
 * catalogue: …`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
/** The demo is an example of a shop, which has a language of its own. */
const folders = ['console', 'admin', 'account', 'ui', 'element', 'voice'].map(name =>
  join(root, 'client', name),
);

const readAttributes =
  /\s(?:aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const readProperties = new Set(
  'label title hint lead heading placeholder words yes no text alt ariaLabel'.split(' '),
);
const exempt = 'Not in a catalogue:';
/** Stands where a template has an expression. */
const hole = '\u{e000}';

/** Codes such as DE, addresses and entities are none. */
const hasWord = (text: string) => /\p{L}\p{Ll}/u.test(text.replaceAll(/&\w+;|https?:\S+/g, ''));
const isSentence = (text: string) =>
  /^\s*[“"(]?\p{Lu}.*\p{L}\s+\p{L}{2,}/su.test(text) || /\p{L}\s+\p{L}.*[.?!…]["”)]?\s*$/su.test(text);

export type Finding = { line: number; text: string };

/** What a person would read of a piece of TypeScript. */
export function literalsIn(code: string): Finding[] {
  const file = ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true);
  const found: Finding[] = [];
  const tell = (node: ts.Node, text: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push({ line: line + 1, text: text.replaceAll(hole, '…').replaceAll(/\s+/g, ' ').trim() });
  };

  const visit = (node: ts.Node): void => {
    if (isForDevelopers(node) || isExempt(node, file)) return;
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = node.tag.getText();
      if (tag === 'html' || tag === 'svg') for (const text of readIn(textOf(node.template))) tell(node, text);
      else if (tag !== 'css' && isSentence(textOf(node.template))) tell(node, textOf(node.template));
      // Expressions in it may have templates of their own.
      if (ts.isTemplateExpression(node.template))
        for (const span of node.template.templateSpans) visit(span.expression);
      return;
    }
    if (
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateExpression(node)
    ) {
      const text = textOf(node);
      if (isSentence(text) || (isGivenOut(node) && hasWord(text))) tell(node, text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function textOf(node: ts.Expression): string {
  if (!ts.isTemplateExpression(node)) return (node as ts.StringLiteral).text;
  return [node.head.text, ...node.templateSpans.map(span => span.literal.text)].join(hole);
}

/** Text and attributes of a piece of HTML that a person reads. */
function* readIn(markup: string): Generator<string> {
  const plain = markup.replaceAll(/<!--.*?-->|<(style|script)\b.*?<\/\1>/gs, '');
  for (const text of plain.split(/<[^>]*>/)) if (hasWord(text)) yield text;
  for (const [tag] of plain.matchAll(/<[^>]*>/g))
    for (const [, ...values] of tag.matchAll(readAttributes)) {
      const value = values.find(one => one !== undefined) ?? '';
      if (hasWord(value)) yield value;
    }
}

/** Types, imports, errors that only a developer sees. */
function isForDevelopers(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) return true;
  return ts.isNewExpression(node) && /Error$/.test(node.expression.getText());
}

/** The value of a property that is shown. */
function isGivenOut(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    ts.isPropertyAssignment(parent) &&
    parent.initializer === node &&
    readProperties.has(parent.name.getText())
  );
}

function isExempt(node: ts.Node, file: ts.SourceFile): boolean {
  const comments = ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? [];
  return comments.some(({ pos, end }) => file.text.slice(pos, end).includes(exempt));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name));
}

if (import.meta.main) {
  const lines = folders
    .flatMap(filesIn)
    .flatMap(file =>
      literalsIn(readFileSync(file, 'utf8')).map(
        ({ line, text }) => `${relative(root, file)}:${line} ${text}`,
      ),
    );
  if (lines.length > 0) {
    process.stderr.write(
      `${lines.join('\n')}\n\nThese words stand in the code. Put them into a catalogue in shared/i18n, see docs/languages.md.\n`,
    );
    process.exitCode = 1;
  }
}
