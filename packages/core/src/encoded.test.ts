import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import { encoded } from './encoded.ts';

const parts = fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 5 });
const write = (some: readonly Uint8Array[]) => (encoder: encoding.Encoder) => {
  for (const part of some) encoding.writeVarUint8Array(encoder, part);
};

test('gives what lib0 gives, also one within another, and after one that threw', () => {
  fc.assert(
    fc.property(parts, parts, fc.boolean(), (outer, inner, throws) => {
      if (throws) {
        expect(() =>
          encoded((encoder) => {
            write(outer)(encoder);
            throw new Error('half-way');
          }),
        ).toThrow('half-way');
      }
      const both = encoded((encoder) => {
        write(outer)(encoder);
        encoding.writeVarUint8Array(encoder, encoded(write(inner)));
      });
      const expected = encoding.encode((encoder) => {
        write(outer)(encoder);
        encoding.writeVarUint8Array(encoder, encoding.encode(write(inner)));
      });
      expect(both).toEqual(expected);
    }),
  );
});

test('what was given before does not change', () => {
  const first = encoded((encoder) => encoding.writeVarUint(encoder, 7));
  encoded((encoder) => encoding.writeVarUint(encoder, 9));
  expect(first).toEqual(Uint8Array.of(7));
});
