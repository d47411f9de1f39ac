import { describe, expect, test } from 'vitest';
import { rules } from './rules.ts';
import { projectSources, toSource } from './sources.ts';

const sources = projectSources();

describe('the rules about files', () => {
  for (const { title, holdsFor, faults, broken } of rules) {
    test(title, () => {
      const example = toSource(...broken);
      expect(holdsFor(example.path), 'the rule looks at its own bad example').toBe(true);
      expect(faults(example), 'the rule finds its own bad example').not.toEqual([]);

      const held = sources.filter(({ path }) => holdsFor(path));
      expect(held.length, 'the rule has files to hold for').toBeGreaterThan(0);
      const found = held.flatMap((source) =>
        faults(source).map((fault) => `${source.path}: ${fault.trim()}`),
      );
      expect(found).toEqual([]);
    });
  }

  test('A19 every rule has a title of its own', () => {
    const ids = rules.map(({ title }) => title.split(' ')[0]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('reading a file', () => {
  const importsOf = (text: string): readonly string[] => toSource('apps/web/src/a/b.ts', text).imports;

  test.each([
    ["import a from 'x';", ['x']],
    ["import type { A } from 'x/y';", ['x/y']],
    ["import {\n  a,\n  b,\n} from '../c.ts';", ['apps/web/src/c.ts']],
    ["import 'x.css';", ['x.css']],
    ["export * from './d.ts';", ['apps/web/src/a/d.ts']],
    ["const a = await import('x');", ['x']],
    ["new Worker(new URL('./w.ts', import.meta.url));", ['apps/web/src/a/w.ts']],
    ["import a from 'x';\nexport const b = 1;\nimport { c } from 'y';", ['x', 'y']],
    ["// import a from 'x';\n/* import 'y'; */", []],
    ["const text = Array.from('abc');", []],
  ])('%j imports %j', (text, expected) => {
    expect([...importsOf(text)].sort()).toEqual(expected);
  });

  test('what is said in a comment or a quotation is not code', () => {
    const { code } = toSource('a.ts', `// Date\nconst a = "Date" + \`Date \${Math.random()}\`; /* Date */`);
    expect(code).not.toContain('Date');
    expect(code).toContain('Math.random');
  });
});
