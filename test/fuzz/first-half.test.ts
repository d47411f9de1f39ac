import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { testPart } from './million.ts';

testPart(0);

test('F2 a seed sends the same frames every time', async () => {
  expect(await fuzz(7, 2)).toEqual(await fuzz(7, 2));
});
