import { err, ok, type Result } from '@mend/core';
import { problem } from '@mend/protocol';
import * as z from 'zod/mini';
import { type Failure, failure } from './failure.ts';

export type Answer<T> = Result<T, Failure>;

/** How long an answer may take before we say that the network is gone, in milliseconds. */
const PATIENCE = 20_000;

/**
 * One call to the server. Never throws: a problem, a lost network and an answer of the wrong shape are values.
 *
 * @param schema what the answer must be
 */
export async function call<S extends z.ZodMiniType>(
  method: 'GET' | 'POST',
  path: string,
  schema: S,
  body?: unknown,
): Promise<Answer<z.output<S>>> {
  const reached = await reach(method, path, body);
  if (!reached.ok) return reached;
  const { response, json } = reached.value;
  if (!response.ok) {
    const told = problem.safeParse(json);
    return err(failure(told.success ? told.data.code : codeOf(response.status)));
  }
  const answer = z.safeParse(schema, json);
  return answer.success ? ok(answer.data) : err(failure('unreadable'));
}

interface Reached {
  readonly response: Response;
  readonly json: unknown;
}

async function reach(method: string, path: string, body: unknown): Promise<Answer<Reached>> {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await response.text();
    return ok({ response, json: parse(text) });
  } catch {
    return err(failure('offline'));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A proxy in between answers without a problem document. */
function codeOf(status: number): string {
  if (status === 401) return 'no-such-seat';
  if (status === 429) return 'too-fast';
  return status >= 500 ? 'cannot-write' : 'unreadable';
}
