import { expect, test } from 'vitest';
import { CODE_MS, createCodeBook } from './code-book.ts';

const invite = 'an invitation';

function issued(at = 0) {
  const book = createCodeBook();
  const made = book.issue(invite, at);
  if (!made) throw new Error('no code');
  return { book, code: made.code };
}

test('C5 a code is eight characters in two groups without look-alikes, and works in any case, once', () => {
  const { book, code } = issued();
  expect(code).toMatch(/^[ACDEFHJKMNPRTUVWXY]{4}-[ACDEFHJKMNPRTUVWXY34679]{4}$/);
  expect(book.redeem(` ${code.toLowerCase().replace('-', ' ')} `, 1)).toBe(invite);
  expect(book.redeem(code, 2)).toBeNull();
});

test('C6 a code is over after fifteen minutes, or when a newer one of the same invitation is made', () => {
  const { book, code } = issued();
  expect(book.redeem(code, CODE_MS)).toBeNull();
  const again = issued();
  const newer = again.book.issue(invite, 1);
  expect(again.book.redeem(again.code, 2)).toBeNull();
  expect(again.book.redeem(newer?.code ?? '', 2)).toBe(invite);
});

test('C7 the twentieth wrong guess at a code ends it', () => {
  const { book, code } = issued();
  const wrong = `${code.slice(0, 4)}-${code.endsWith('AAAA') ? 'CCCC' : 'AAAA'}`;
  for (let guess = 0; guess < 20; guess++) expect(book.redeem(wrong, 1)).toBeNull();
  expect(book.redeem(code, 1)).toBeNull();
});

test('C8 what is no code at all opens nothing', () => {
  const { book } = issued();
  for (const raw of ['', 'AAAA', 'A'.repeat(64), '____-____', '\u0000'])
    expect(book.redeem(raw, 1)).toBeNull();
});
