import { sessionId } from '@mend/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packBatch, unpackBatch } from './batch-message.ts';
import type { Operation } from './group-commit.ts';

const session = fc.constantFrom('a', 'b').map((letter) => sessionId(letter.repeat(26)));
const whole = fc.nat(2 ** 31);
const entry = fc.record({
  kind: fc.constantFrom('event', 'update', 'snapshot', 'remains'),
  at: whole,
  body: fc.uint8Array({ maxLength: 50 }),
});
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ type: fc.constant('create'), session, at: whole }),
  fc.record({ type: fc.constant('erase'), session }),
  fc.record({
    type: fc.constant('append'),
    session,
    expect: whole,
    doomed: fc.boolean(),
    after: fc.array(whole, { maxLength: 3 }),
    entries: fc.array(entry, { maxLength: 4 }),
  }),
);

test('a batch comes out as it went in', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 8 }), (batch) => {
      expect(unpackBatch(structuredClone(packBatch(batch)))).toEqual(batch);
    }),
  );
});
