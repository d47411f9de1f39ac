import { expect, test } from 'vitest';
import { hashOf, isSessionId, mintInvite, mintSessionId, mintToken, sessionOf } from './secrets.ts';

test('C9 invitations and keys name their session and nothing else tells it', () => {
  const session = mintSessionId();
  expect(isSessionId(session)).toBe(true);
  expect(sessionOf(mintInvite(session))).toBe(session);
  expect(sessionOf(mintToken(session))).toBe(session);
  for (const raw of ['', session, `x${mintInvite(session)}`, `${mintInvite(session)}a`, '../../etc']) {
    expect(sessionOf(raw)).toBeNull();
  }
});

test('C10 no two are alike, and of none the hash holds a part', () => {
  const session = mintSessionId();
  const many = new Set(Array.from({ length: 1_000 }, () => mintInvite(session)));
  expect(many.size).toBe(1_000);
  for (const one of many) expect(hashOf(one)).not.toContain(one.slice(-8));
});
