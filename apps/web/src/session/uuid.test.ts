import { expect, it } from 'vitest';
import { uuid } from './uuid.ts';

it('makes version 4 UUIDs, each another one', () => {
  const many = Array.from({ length: 1000 }, uuid);
  for (const one of many) {
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(many).size).toBe(many.length);
});

it('needs no secure context', () => {
  const { getRandomValues } = crypto;
  const plain = { getRandomValues: getRandomValues.bind(crypto) };
  const before = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: plain, configurable: true });
  try {
    expect(uuid()).toHaveLength(36);
  } finally {
    if (before) Object.defineProperty(globalThis, 'crypto', before);
  }
});
