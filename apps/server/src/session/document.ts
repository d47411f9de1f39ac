import {
  type ApplyVerdict,
  beginRun,
  check,
  continueRun,
  type GuardOptions,
  type GuardVerdict,
  type Run,
  type RunOn,
  rootOf,
  type Session,
  type TurnId,
} from '@mend/core';
import * as Y from 'yjs';
import { applyAll, NO_WORDS, readDocument, type StoredWords } from './read-document.ts';

/**
 * A session's shared document on the server: garbage-collected, changed only by what the guard let through. A change
 * of a Yjs document costs more by far than to judge it, so words that only go on with those before them are gathered,
 * and reach Yjs together, before anybody looks.
 */
export interface SharedDocument {
  judge(update: Uint8Array, clientId: number, writable: TurnId | null): GuardVerdict;
  /** Takes in what `judge` just said to apply; answers the bytes that hold what is new, or null if nothing is. */
  apply(update: Uint8Array): Uint8Array | null;
  /** Makes the root text of a turn, which the guard asks to be there. */
  open(turn: TurnId): void;
  textOf(turn: TurnId): string;
  vector(): Uint8Array;
  /** Everything that a client with this state vector does not have. */
  since(vector: Uint8Array): Uint8Array;
  snapshot(): Uint8Array;
  /** Whether this state vector of a client is ahead of the document, that client's own words aside. */
  isBehind(vector: Uint8Array, clientId: number): boolean;
  destroy(): void;
}

/** So many are gathered at the most. */
const MOST_GATHERED = 64;

/**
 * Where the log holds a snapshot and nothing since then, that is all that somebody who joins needs; Yjs, which takes
 * long over a long history, reads it when somebody writes, or has part of it.
 *
 * @throws Error where the log has a hole, now or when it is read
 */
export function createDocument(words: StoredWords, session: Session): SharedDocument {
  let stored = words;
  let roots = session.turns.map(({ id }) => rootOf(id));
  let doc: Y.Doc | null = null;
  let emitted: Uint8Array | null = null;
  /** All of it as one update, until it changes: people come back more often than they write. */
  let whole: Uint8Array | null = words.updates.length === 0 ? words.snapshot : null;
  let run: Run | null = null;
  let judged: Judged | null = null;
  let gathered: Uint8Array[] = [];
  if (whole === null) settled();

  function read(): Y.Doc {
    const made = readDocument(stored);
    for (const root of roots) made.getText(root);
    made.on('update', (bytes: Uint8Array) => {
      emitted = bytes;
    });
    doc = made;
    stored = NO_WORDS;
    roots = [];
    return made;
  }

  /** The document with all that was taken in. */
  function settled(): Y.Doc {
    const made = doc ?? read();
    if (gathered.length > 0) {
      const some = gathered;
      gathered = [];
      applyAll(made, some);
    }
    return made;
  }

  const everything = (): Uint8Array => {
    whole ??= Y.encodeStateAsUpdate(settled());
    return whole;
  };

  return {
    judge(update, clientId, writable) {
      if (isEmpty(update)) return NOTHING;
      const options = { clientId, writable: writable === null ? null : rootOf(writable) };
      const on = run && continueRun(run, update, options);
      const verdict = on ? on.verdict : check(settled(), update, options);
      judged = verdict.ok && verdict.verdict === 'apply' ? { options, verdict, on } : null;
      return verdict;
    },
    apply(update) {
      const last = judged;
      judged = null;
      whole = null;
      if (last?.on && update === last.on.verdict.apply) {
        run = last.on.run;
        gathered.push(update);
        if (gathered.length >= MOST_GATHERED) settled();
        return update;
      }
      const made = settled();
      emitted = null;
      Y.applyUpdate(made, update);
      run = begun(made, update, last);
      return emitted;
    },
    open(turn) {
      if (doc) doc.getText(rootOf(turn));
      else roots.push(rootOf(turn));
    },
    textOf: (turn) => settled().getText(rootOf(turn)).toString(),
    vector: () => (doc ? Y.encodeStateVector(settled()) : vectorOf(session)),
    since: (vector) => (isNothing(vector) ? everything() : Y.encodeStateAsUpdate(settled(), vector)),
    snapshot: everything,
    isBehind: (vector, clientId) =>
      [...Y.decodeStateVector(vector)].some(
        ([client, clock]) => client !== clientId && clock > Y.getState(settled().store, client),
      ),
    destroy: () => doc?.destroy(),
  };
}

/** What was said of the last update, so that what is done with it goes by that. */
interface Judged {
  readonly options: GuardOptions;
  readonly verdict: ApplyVerdict;
  readonly on: RunOn | null;
}

function begun(doc: Y.Doc, update: Uint8Array, judged: Judged | null): Run | null {
  if (judged === null || judged.options.writable === null) return null;
  const units = doc.getText(judged.options.writable).length;
  return beginRun(update, judged.options, judged.verdict, units);
}

/** As the log has it: every clientID that has written, and how far. */
const vectorOf = ({ owners }: Session): Uint8Array =>
  Y.encodeStateVector(new Map([...owners].map(([clientId, { clock }]) => [clientId, clock])));

/** The state vector of somebody who has nothing: no clients. */
const isNothing = (vector: Uint8Array): boolean => vector.length === 1 && vector[0] === 0;

/** The update that says nothing, as everybody who has nothing answers: no clients, and no deletions. */
const isEmpty = (update: Uint8Array): boolean => update.length === 2 && update[0] === 0 && update[1] === 0;
const NOTHING: GuardVerdict = { ok: true, verdict: 'noop', apply: null };
