import type { Response } from 'express';

/** Every refusal over HTTP: RFC 9457, with a stable code and a sentence that names nothing of the request. */
const PROBLEMS = {
  'bad-input': [400, 'Something in this request has the wrong shape.'],
  'no-such-seat': [401, 'There is no such seat.'],
  'foreign-origin': [403, 'This request comes from another site.'],
  'not-found': [404, 'There is nothing here.'],
  'invite-unknown': [404, 'This invitation does not open a session.'],
  'seat-taken': [409, 'Somebody sits there already.'],
  'not-kept': [410, 'This session was not kept.'],
  'not-decided': [410, 'It is not decided yet whether this session is kept.'],
  'too-large': [413, 'This request is too large.'],
  'too-fast': [429, 'That was a lot at once. Wait a moment and try again.'],
  fault: [500, 'Something went wrong here. Nothing was changed.'],
  'cannot-write': [503, 'This cannot be saved right now. Try again in a moment.'],
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function problemBody(code: ProblemCode): { readonly status: number; readonly body: string } {
  const [status, title] = PROBLEMS[code];
  return { status, body: JSON.stringify({ type: 'about:blank', title, status, code }) };
}

export function sendProblem(response: Response, code: ProblemCode): void {
  const { status, body } = problemBody(code);
  response.status(status).type('application/problem+json').send(body);
}
