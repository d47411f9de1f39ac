import type { SessionId } from '@mend/core';
import { expect, test } from 'vitest';
import { KeyCache } from './key-cache.ts';

const id = (raw: string): SessionId => raw as SessionId;

test('K11 unwrapped keys of the sessions used last are kept, and no more than that', () => {
  const cache = new KeyCache(2);
  cache.set(id('a'), []);
  cache.set(id('b'), []);
  expect(cache.get(id('a'))).toEqual([]);
  cache.set(id('c'), []);
  expect([cache.get(id('a')), cache.get(id('b')), cache.get(id('c')), cache.size]).toEqual([
    [],
    undefined,
    [],
    2,
  ]);
  cache.forget(id('a'));
  expect([cache.get(id('a')), cache.size]).toEqual([undefined, 1]);
});
