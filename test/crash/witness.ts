import { createHash } from 'node:crypto';
import { emptySession, evolve, millis, readStored, type SessionId, sessionId, verify } from '@mend/core';
import type { Look } from '@mend/server/keys';
import { sha256 } from '@mend/server/session';
import * as Y from 'yjs';
import type { Person } from '../support/person.ts';

/** A word as it was typed: `«12»`, and where its writer's clock stood after it. */
export interface Typed {
  readonly number: number;
  readonly seat: string;
  readonly clientId: number;
  readonly clock: number;
}

/** What people saw of one session, whatever has become of its server. */
export interface Witness {
  typed(word: Typed): void;
  /** A command had its answer: its effect is in the log from now on. */
  acknowledged(seat: string, id: string): void;
  /** Words that are not yet on both screens, or not yet called saved. */
  open(): readonly number[];
  isShown(number: number): boolean;
  /** What is wrong with the log in a store that no server has open: everything seen so far must be in it. */
  faults(look: Look): readonly string[];
  /** The same, and every word that was ever typed is in the log and on both screens, once. */
  faultsAtTheEnd(look: Look): readonly string[];
  readonly counts: { readonly shown: number; readonly saved: number; readonly acknowledged: number };
}

const WORD = /«(\d+)»/g;
export const wordsIn = (text: string): readonly number[] =>
  [...text.matchAll(WORD)].map(([, number]) => Number(number));

/** How the log names a command. */
const keyOf = (seat: string, id: string): string =>
  createHash('sha256').update(`mend command ${seat} ${id}`).digest('base64url').slice(0, 22);

export function createWitness(session: string, people: readonly Person[]): Witness {
  const id = sessionId(session);
  const words = new Map<number, Typed>();
  const shown = new Set<number>();
  const saved = new Map<number, number>();
  const keys = new Set<string>();
  const seen = new Map<string, number>();
  const troubles: string[] = [];
  let anchor: { readonly seq: number; readonly link: Uint8Array } | null = null;

  for (const person of people) {
    person.doc.on('update', () => {
      for (const turn of person.doc.share.keys()) look(person, person.doc.getText(turn).toString());
    });
    person.socket.on('saved', ({ clientId, clock }) =>
      saved.set(clientId, Math.max(saved.get(clientId) ?? 0, clock)),
    );
    person.socket.on('view', ({ v }) => seen.set(person.seat, Math.max(seen.get(person.seat) ?? 0, v)));
  }

  function look(person: Person, text: string): void {
    const there = wordsIn(text);
    for (const number of twice(there))
      troubles.push(`«${number}» stood twice on the screen of ${person.seat}`);
    for (const number of there) if (words.get(number)?.seat !== person.seat) shown.add(number);
  }

  const isSaved = ({ clientId, clock }: Typed): boolean => (saved.get(clientId) ?? 0) >= clock;

  function faults(store: Look, isEnd: boolean): readonly string[] {
    const rows = store.list();
    const row = rows.ok ? rows.value.find((each) => each.session === id) : undefined;
    const stored = store.read(id);
    if (!row || !stored.ok) return [...troubles, 'the log cannot be read'];
    const proven = verify(id, stored.value, { sha256, head: row.head, ...(anchor && { anchor }) });
    if (!proven.ok) return [...troubles, `entry ${proven.error.seq}: ${proven.error.code}`];
    anchor = { seq: proven.value.head, link: proven.value.link };
    const log = readLog(id, row.createdAt, stored.value.map(readStored));
    const found = [...troubles];
    for (const number of twice(log.words)) found.push(`«${number}» is twice in the log`);
    const there = new Set(log.words);
    for (const number of there) if (!words.has(number)) found.push(`nobody typed «${number}»`);
    for (const number of shown) if (!there.has(number)) found.push(`«${number}» was shown, and is lost`);
    for (const word of words.values()) {
      if (there.has(word.number)) continue;
      if (isSaved(word)) found.push(`«${word.number}» was called saved, and is lost`);
      else if (isEnd) found.push(`«${word.number}» was typed, and is lost`);
    }
    for (const key of twice(log.commands)) found.push(`the command ${key} had its effect twice`);
    for (const key of keys)
      if (!log.commands.includes(key)) found.push(`the command ${key} was answered, and is lost`);
    for (const { seat } of people)
      if ((seen.get(seat) ?? 0) > (log.seen.get(seat) ?? 0)) found.push(`a view of ${seat} is lost`);
    return isEnd ? [...found, ...people.flatMap((person) => unequal(person, log.texts))] : found;
  }

  return {
    typed: (word) => void words.set(word.number, word),
    acknowledged: (seat, command) => void keys.add(keyOf(seat, command)),
    open: () =>
      [...words.values()]
        .filter((word) => !shown.has(word.number) || !isSaved(word))
        .map((word) => word.number),
    isShown: (number) => shown.has(number),
    faults: (store) => faults(store, false),
    faultsAtTheEnd: (store) => faults(store, true),
    get counts() {
      const marked = [...words.values()].filter(isSaved).length;
      return { shown: shown.size, saved: marked, acknowledged: keys.size };
    },
  };
}

/** What a log says, replayed from its first entry. */
function readLog(id: SessionId, createdAt: number, entries: readonly ReturnType<typeof readStored>[]) {
  let session = emptySession(id, millis(createdAt));
  const doc = new Y.Doc();
  const commands: string[] = [];
  for (const entry of entries) {
    session = evolve(session, entry);
    if (entry.kind !== 'event') Y.applyUpdate(doc, entry.bytes);
    else if (entry.command !== null) commands.push(entry.command);
  }
  const texts = new Map(session.turns.map((turn) => [turn.id, doc.getText(`turn:${turn.id}`).toString()]));
  const seen = new Map<string, number>(Object.entries(session.seen));
  return { texts, commands, seen, words: [...texts.values()].flatMap(wordsIn) };
}

const unequal = (person: Person, texts: ReadonlyMap<string, string>): readonly string[] =>
  [...texts].flatMap(([turn, text]) =>
    person.text(turn).toString() === text ? [] : [`${person.seat} sees other words in ${turn}`],
  );

const twice = <T>(values: readonly T[]): readonly T[] =>
  values.filter((value, index) => values.indexOf(value) !== index);
