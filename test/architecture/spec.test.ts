import { describe, expect, test } from 'vitest';
import { projectSources } from './sources.ts';

const sources = projectSources();
const spec = sources.find(({ path }) => path === 'packages/core/SPEC.md')?.text ?? '';

/** The letters of the rules in SPEC.md. Other letters are other lists: A has its own here, E and W theirs. */
const LETTERS = 'STDLVK';
const ID = new RegExp(`^[${LETTERS}]\\d+$`);

/** The ids that the titles of a file's tests begin with: `it('D6 D12 takes …')` cites two. */
function citedIn(text: string): string[] {
  const titles =
    /\b(?:it|test)\b(?:\.each(?:<[^(]*>)?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs;
  return [...text.matchAll(titles)].flatMap(([, , title = '']) => leadingIds(title));
}

function leadingIds(title: string): string[] {
  const words = title.split(' ');
  const end = words.findIndex((word) => !ID.test(word));
  return end < 0 ? words : words.slice(0, end);
}

const rules = [...spec.matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(([, id = '']) => id);
const cited = new Map(
  sources
    .filter(({ path }) => /(?:\.test\.tsx?|-contract\.ts)$/.test(path))
    .map(({ path, text }) => [path, citedIn(text)]),
);
const everyCited = new Set([...cited.values()].flat());

describe('SPEC.md', () => {
  test('A20 its rules have ids of their own, of the letters it has chapters for', () => {
    expect(rules.length).toBeGreaterThan(50);
    expect(new Set(rules).size).toBe(rules.length);
    expect(rules.filter((id) => !ID.test(id))).toEqual([]);
    expect([...new Set(rules.map((id) => id[0]))].sort()).toEqual([...LETTERS].sort());
  });

  test('A21 every rule has a test whose title begins with its id', () => {
    expect(rules.filter((id) => !everyCited.has(id))).toEqual([]);
  });

  test('A22 no test cites a rule that is not there', () => {
    const unknown = [...cited].flatMap(([path, ids]) =>
      ids.filter((id) => !rules.includes(id)).map((id) => `${path}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('reading titles', () => {
  test.each([
    ["it('T4 moves the pen', () => {});", ['T4']],
    ["test('D6 D12 takes', async () => {});", ['D6', 'D12']],
    ["it(\n  'L8 L9 of thousands',\n  () => {});", ['L8', 'L9']],
    ["it.each([['a', f(1)], ['b']])('S5 %j makes', () => {});", ['S5']],
    ["it.each<[A, B]>([[[1, 2], 'x']])('S5 %j makes', () => {});", ['S5']],
    [`test(\`L12 \${reason} at \${step}\`, () => {});`, ['L12']],
    ["it('shows T4', () => {}); // it is 'T5 '", []],
    ["it('W3 is of another list', () => {});", []],
  ])('%j cites %j', (text, ids) => {
    expect(citedIn(text)).toEqual(ids);
  });
});
