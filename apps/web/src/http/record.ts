import { SEATS } from '@mend/core';
import * as z from 'zod/mini';
import { call } from './call.ts';

/** What was said, to be read later. Fields that are not read here are left out. */

const seat = z.enum(SEATS);

const turn = z.object({
  id: z.string(),
  seat,
  name: z.string(),
  exercise: z.nullable(z.string()),
  moment: z.nullable(z.string()),
  kind: z.string(),
  openedAt: z.number(),
  closedAt: z.nullable(z.number()),
  text: z.string(),
  takenBack: z.optional(z.boolean()),
});

const answer = z.object({
  moment: z.string(),
  kind: z.string(),
  seat,
  name: z.string(),
  label: z.string(),
  words: z.nullable(z.string()),
  about: z.nullable(z.string()),
  at: z.number(),
});

const record = z.object({
  sessionId: z.string(),
  phase: z.enum(['lobby', 'live', 'paused', 'sealed', 'erased']),
  sealedAt: z.nullable(z.number()),
  turns: z.array(turn),
  answers: z._default(z.array(answer), []),
  promises: z._default(z.array(z.object({ turn: z.string(), seat, name: z.string() })), []),
});

export type SessionRecord = Readonly<z.infer<typeof record>>;
export type RecordTurn = Readonly<z.infer<typeof turn>>;
export type RecordAnswer = Readonly<z.infer<typeof answer>>;

export const readRecord = (session: string) =>
  call('GET', `/api/sessions/${encodeURIComponent(session)}/transcript`, record);

const shelf = z.object({
  exercises: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      summary: z.string(),
      minutes: z.number(),
      moments: z.array(z.object({ id: z.string(), kind: z.string(), title: z.string() })),
    }),
  ),
});

export type ShelfEntry = Readonly<z.infer<typeof shelf>['exercises'][number]>;

export const readShelf = () => call('GET', '/api/exercises', shelf);
