import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the project, with the readings that the rules need. */
export type Source = {
  /** From the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What it imports: a package's specifier, or a path from the project's folder for a relative one. */
  readonly imports: readonly string[];
  /** The text without comments and without what stands in quotes, so that prose cannot break a rule. */
  readonly code: string;
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const ignored = new Set(['node_modules', 'dist', '.git', 'artefacts', 'data', 'pnpm-lock.yaml']);
const textual = /\.(?:tsx?|m?js|jsonc?|ya?ml|css|html|md)$/;

/** Template literals last: they may hold quotes and slashes, as may the others hold backticks. */
const comment = /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/;
const quoted = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/;
const template = /`(?:\\[\s\S]|[^`\\])*`/;
const anyOf = (...patterns: RegExp[]): RegExp =>
  new RegExp(patterns.map((pattern) => pattern.source).join('|'), 'g');

const importForms = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
  /\bnew URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g,
];

/** Every text file of the project, whether git knows it yet or not. */
export const projectSources = (): Source[] =>
  filesBelow('').map((path) => toSource(path, readFileSync(posix.join(root, path), 'utf8')));

/** Reads a text as if it were the file at `path`; the rules' own examples come in here. */
export function toSource(path: string, text: string): Source {
  const withoutComments = text.replace(anyOf(quoted, template, comment), (part) =>
    /^\/[/*]/.test(part) ? ' ' : part,
  );
  return {
    path,
    text,
    imports: importForms.flatMap((form) =>
      [...withoutComments.matchAll(form)].map(([, specifier = '']) => resolve(path, specifier)),
    ),
    code: withoutComments.replace(anyOf(quoted, template), (part) =>
      part.startsWith('`') ? codeOfTemplate(part) : '""',
    ),
  };
}

const codeOfTemplate = (literal: string): string =>
  [...literal.matchAll(/\$\{([^}]*)\}/g)].map(([, inside]) => inside).join(' ');

function resolve(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}

function filesBelow(folder: string): string[] {
  return readdirSync(posix.join(root, folder), { withFileTypes: true })
    .filter((entry) => !ignored.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return textual.test(entry.name) ? [path] : [];
    });
}
