import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { en } from '../locales/en.ts';
import { call } from './call.ts';

const schema = z.object({ invite: z.string() });
const answering = (status: number, body: string): void => {
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
};
const problem = (status: number, code: string): string =>
  JSON.stringify({ type: 'about:blank', title: 'A title', status, code });

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('brings what the schema says', async () => {
    answering(201, '{"invite":"i1","more":1}');
    expect(await call('POST', '/api/x', schema, {})).toEqual({ ok: true, value: { invite: 'i1' } });
  });

  it('tells a problem by its code, with a sentence of ours', async () => {
    answering(404, problem(404, 'invite-unknown'));
    const error = { code: 'invite-unknown', sentence: en.failures['invite-unknown'] };
    expect(await call('POST', '/api/x', schema, {})).toEqual({ ok: false, error });
  });

  it('has a sentence also for a code that it does not know', async () => {
    answering(409, problem(409, 'something-new'));
    expect(await call('POST', '/api/x', schema, {})).toMatchObject({
      error: { sentence: en.failures.other },
    });
  });

  it('takes a lost network as a value', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('network');
    });
    expect(await call('GET', '/api/x', schema)).toMatchObject({ ok: false, error: { code: 'offline' } });
  });

  it.each([
    [200, '<html>'],
    [200, '{"other":true}'],
    [418, 'tea'],
  ])('takes an answer it cannot read (%s, %s) as a value', async (status, body) => {
    answering(status, body);
    expect(await call('GET', '/api/x', schema)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  });
});
