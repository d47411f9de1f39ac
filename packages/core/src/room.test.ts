import fc from 'fast-check';
import { expect, test } from 'vitest';
import { room } from './room.ts';

test('each gets as much as it asks for, all zero, and none has what another has', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { maxLength: 200 }), (lengths) => {
      const rooms = lengths.map((length) => room(length));
      expect(rooms.every((bytes, index) => bytes.length === lengths[index])).toBe(true);
      expect(rooms.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
      for (const [index, bytes] of rooms.entries()) bytes.fill((index % 255) + 1);
      expect(rooms.every((bytes, index) => bytes.every((byte) => byte === (index % 255) + 1))).toBe(true);
    }),
  );
});
