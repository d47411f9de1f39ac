/**
 * The update guard: decides about a client's bytes before Yjs sees them. It reads the bytes and the document's
 * records around them, copies nothing and changes nothing: O(size of the update), plus what its delete set covers.
 *
 * The caller runs `check`, `Y.applyUpdate(doc, verdict.apply, origin)` and the request to append in one synchronous
 * block, and logs and sends on the bytes of `doc.on('update')`, never the client's own: they hold only what is new.
 *
 * The rules are numbered D1 to D26 in SPEC.md.
 */

import { type Doc, diffUpdate, encodeStateVector, getState, Text } from 'yjs';
import { faultOfForeign, judgeArrivals } from './arrivals.ts';
import { GUARD_CODES, type RefusalCode, type ResyncCode } from './codes.ts';
import { decode, type Id, type WireSection, type WireStruct } from './decode.ts';
import { type Deleter, judgeDeletions } from './deletions.ts';
import type { Budget } from './known.ts';
import { LIMITS, type Limits } from './limits.ts';
import { TextOrder } from './order.ts';

export interface GuardOptions {
  /** The connection's clientID: the only one whose words it may bring. */
  readonly clientId: number;
  /** The root text that this connection may change now; null for whoever may only read. */
  readonly writable: string | null;
  readonly limits?: Limits;
}

/** What is worth knowing about accepted words without being a reason to refuse them. */
export type Flag = 'bidi';

export interface Detail {
  /** The text that was writable when the update was refused. */
  readonly root: string | null;
  /** Byte offset in the update of what was refused. */
  readonly at: number;
  /** The clientID's next clock in the document: its words from there on are not in it. */
  readonly accepted: number;
  /** The character concerned, where there is one. */
  readonly id: Id | null;
}

export type GuardVerdict =
  | {
      readonly ok: true;
      readonly verdict: 'apply';
      /** What to apply, instead of the bytes that came. */
      readonly apply: Uint8Array;
      /** Visible UTF-16 code units that the held text gains, */
      readonly added: number;
      /** and those that it loses. */
      readonly deleted: number;
      /** The clientID's clocks that are new: `from` inclusive, `to` exclusive; equal where it only deletes. */
      readonly from: number;
      readonly to: number;
      readonly flags: readonly Flag[];
    }
  | {
      /** Everything in it is known: do not call Yjs, which would still split records at its neighbours. */
      readonly ok: true;
      readonly verdict: 'noop';
      readonly apply: null;
    }
  | {
      /** Something before it is missing: answer with SyncStep1 and keep the connection. */
      readonly ok: false;
      readonly severity: 'resync';
      readonly code: ResyncCode;
      readonly detail: Detail;
    }
  | {
      /** Tell the client, then close. */
      readonly ok: false;
      readonly severity: 'refuse';
      readonly code: RefusalCode;
      readonly detail: Detail;
    };

const NOOP: GuardVerdict = { ok: true, verdict: 'noop', apply: null };
const NO_STRUCTS: readonly WireStruct[] = [];
const NO_FLAGS: readonly Flag[] = [];
const BIDI: readonly Flag[] = ['bidi'];

/**
 * @param update one version 1 update as it came from the client
 * @throws Error on a bug of the server's alone: the document waits for missing structs, or `writable` is not a
 *   Y.Text of its
 */
export function check(doc: Doc, update: Uint8Array, options: GuardOptions): GuardVerdict {
  const { clientId, writable, limits = LIMITS } = options;
  const text = writable === null ? null : heldText(doc, writable);
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    throw new Error('The document waits for structs that it never accepted.');
  }
  const state = getState(doc.store, clientId);
  const reject = (code: RefusalCode | ResyncCode, at: number, id: Id | null = null): GuardVerdict => {
    const detail = { root: writable, at, accepted: state, id };
    return isResync(code)
      ? { ok: false, severity: 'resync', code, detail }
      : { ok: false, severity: 'refuse', code, detail };
  };

  if (update.length > limits.updateBytes) return reject('too-large', limits.updateBytes);
  const decoded = decode(update, limits);
  if (!decoded.ok) return reject(decoded.error.code, decoded.error.at);
  const { sections, deletions } = decoded.value;
  const structs = sections.find(({ client }) => client === clientId)?.structs ?? NO_STRUCTS;

  const first = structs[0];
  const last = structs.at(-1);
  const end = last === undefined ? state : Math.max(state, last.clock + last.length);
  if (first !== undefined && end > state) {
    const id = { client: clientId, clock: first.clock };
    if (text === null) return reject('not-your-turn', first.at, id);
    if (first.clock > state) return reject('gap', first.at, id);
    if (end - state > limits.newClocks) return reject('too-many-clocks', first.at, id);
  }

  const budget: Budget = { visits: limits.visited };
  for (const section of sections) {
    const fault = section.client === clientId ? null : faultOfForeign(doc, section, budget);
    const clock = section.structs[0]?.clock ?? 0;
    if (fault !== null) return reject(fault, section.at, { client: section.client, clock });
  }
  const order =
    text === null || writable === null
      ? null
      : new TextOrder({ store: doc.store, text, root: writable, author: clientId, state });
  const arrival = judgeArrivals({ doc, client: clientId, state, order }, structs, budget);
  if ('code' in arrival) return reject(arrival.code, arrival.at, arrival.id);

  const deleter: Deleter = { doc, text, author: clientId, state, end, structs };
  const deletion = judgeDeletions(deleter, deletions, budget);
  if ('code' in deletion) return reject(deletion.code, deletion.at, deletion.id);
  if (end === state && !deletion.changes) return NOOP;

  const added = arrival.units - deletion.withdrawn;
  const deleted = deletion.removed;
  const length = (text?.length ?? 0) + added - deleted;
  // A text that is too long already may still be shortened.
  if (length > limits.turnText && added > deleted) return reject('text-too-long', first?.at ?? 0);
  const isKnownInFront = first !== undefined && first.clock < state;
  // Yjs splits records at the neighbours of a run before it notices that it has the run: only new ones may reach it.
  const isAllNew = !isKnownInFront && sections.every(({ client }) => client === clientId);
  const apply = isAllNew ? update : diffUpdate(update, stateOf(doc, sections));
  const flags = arrival.hasBidiMarks ? BIDI : NO_FLAGS;
  return { ok: true, verdict: 'apply', apply, added, deleted, from: state, to: end, flags };
}

const isResync = (code: RefusalCode | ResyncCode): code is ResyncCode => GUARD_CODES[code] === 'resync';

/** The state vector of the clients that an update speaks for. */
const stateOf = (doc: Doc, sections: readonly WireSection[]): Uint8Array =>
  encodeStateVector(new Map(sections.map(({ client }) => [client, getState(doc.store, client)])));

/** Looks the text up without `doc.get`, which would make one. */
function heldText(doc: Doc, root: string): Text {
  const type = doc.share.get(root);
  if (!(type instanceof Text)) throw new Error(`The writable root ${root} is not a text of the document.`);
  return type;
}
