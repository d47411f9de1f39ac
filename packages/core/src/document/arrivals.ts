/** What an update's words may say and where they may stand (rules D6, D7, D9, D13, D14 and D21). */

import { type Doc, getState } from 'yjs';
import type { GuardCode, RefusalCode } from './codes.ts';
import type { Id, WireSection, WireStruct } from './decode.ts';
import { type Budget, isAsKnown } from './known.ts';
import type { TextOrder } from './order.ts';
import { findForbidden, hasBidiMarks } from './words.ts';

/** Whose words may arrive, and where. */
export interface Author {
  readonly doc: Doc;
  readonly client: number;
  /** The client's next clock in the document. */
  readonly state: number;
  /** The held text; null for whoever may only read. */
  readonly order: TextOrder | null;
}

export interface Arrival {
  /** UTF-16 code units of new words, those included that the same update deletes again. */
  units: number;
  hasBidiMarks: boolean;
}

export interface ArrivalFault {
  readonly code: GuardCode;
  readonly at: number;
  readonly id: Id;
}

/** The author's own section. */
export function judgeArrivals(
  author: Author,
  structs: readonly WireStruct[],
  budget: Budget,
): Arrival | ArrivalFault {
  const { doc, client, state, order } = author;
  const total: Arrival = { units: 0, hasBidiMarks: false };
  for (const struct of structs) {
    const isNew = struct.clock >= state;
    if (!isNew && !isAsKnown(doc, client, state, struct, budget)) {
      const code = budget.visits < 0 ? 'too-many-visits' : 'known-mismatch';
      return { code, at: struct.at, id: { client, clock: struct.clock } };
    }
    if (struct.clock + struct.length <= state) continue;
    const fault =
      order === null
        ? 'not-your-turn'
        : judgeNew(author, order, isNew ? struct : tailOf(struct, author), total);
    if (fault !== null)
      return { code: fault, at: struct.at, id: { client, clock: Math.max(struct.clock, state) } };
  }
  return total;
}

/** A run that straddles the state goes on after its own last character that is known (rule D14). */
function tailOf(struct: WireStruct, { client, state }: Author): WireStruct {
  const skip = state - struct.clock;
  return {
    at: struct.at,
    clock: state,
    length: struct.length - skip,
    origin: { client, clock: state - 1 },
    rightOrigin: struct.rightOrigin,
    root: null,
    words: struct.words === null ? null : struct.words.slice(skip),
  };
}

function judgeNew({ client }: Author, order: TextOrder, run: WireStruct, total: Arrival): RefusalCode | null {
  const fault = order.faultBetween(run.origin, run.rightOrigin, run.root);
  if (fault !== null) return fault;
  order.place({ client, clock: run.clock }, run.length, run.origin, run.rightOrigin);
  if (run.words === null) return null;
  if (findForbidden(run.words) !== -1) return 'forbidden-char';
  total.units += run.words.length;
  total.hasBidiMarks ||= hasBidiMarks(run.words);
  return null;
}

/**
 * Another client's section. A stock client that answers with its whole document sends everybody's words: as known
 * they are harmless, and never reach Yjs.
 */
export function faultOfForeign(
  doc: Doc,
  { client, structs }: WireSection,
  budget: Budget,
): RefusalCode | null {
  const state = getState(doc.store, client);
  const last = structs.at(-1);
  if (last !== undefined && last.clock + last.length > state) return 'foreign-client';
  if (structs.every((struct) => isAsKnown(doc, client, state, struct, budget))) return null;
  return budget.visits < 0 ? 'too-many-visits' : 'known-mismatch';
}
