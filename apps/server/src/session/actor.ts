import {
  deadline,
  type Fact,
  floorHolder,
  GUARD_CODES,
  type Millis,
  type NewEntry,
  openTurns,
  overdue,
  type Seat,
  SEATS,
  type Session,
  type SessionId,
  type Shelf,
  type Transcript,
  transcriptOf,
  type TurnId,
  turnId,
  type View,
  viewOf,
  writableTurn,
} from '@mend/core';
import { CLOSE } from '@mend/protocol';
import type { Clock } from './clock.ts';
import { clientIdShownBy } from './client-id.ts';
import { type CommandDesk, createCommandDesk } from './command-desk.ts';
import { createDocument, type SharedDocument } from './document.ts';
import { type AwarenessEntry, step1Frame, step2Frame, updateFrame } from './frames.ts';
import { type AppendEntries, createJournal, type Journal } from './journal.ts';
import type { ControlPeer, DocumentPeer } from './peers.ts';
import { createPresence } from './presence.ts';

export interface ActorDeps {
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly append: AppendEntries;
  /** The log could not be written: this actor is over, and must be loaded again from the log. */
  readonly lost: (why: string) => void;
}

/**
 * One session on the server. Everything that concerns it goes through here, one thing after the other: judge, apply
 * and the request to append are one synchronous block, so a turn's change and a word can never interleave, and
 * nothing that shows an entry leaves before that entry is durable.
 */
export class SessionActor {
  readonly id: SessionId;
  readonly #deps: ActorDeps;
  readonly #journal: Journal;
  readonly #desk: CommandDesk;
  #document: SharedDocument;
  readonly #presence = createPresence();
  readonly #controls = new Map<ControlPeer, { v: number; pen: number | null }>();
  readonly #documents = new Map<DocumentPeer, number | null>();
  /** Which seat showed a clientID first, beside those that the log knows. */
  readonly #claims = new Map<number, Seat>();
  #callOff: (() => void) | null = null;
  #over = false;

  constructor(session: Session, updates: Iterable<Uint8Array>, deps: ActorDeps) {
    this.id = session.id;
    this.#deps = deps;
    this.#document = createDocument(updates, session);
    this.#journal = createJournal(session, deps.append, (why) => this.#lose(why));
    this.#desk = createCommandDesk({
      clock: deps.clock,
      shelf: deps.shelf,
      session: () => this.session,
      commit: (facts, command) => this.commit(facts, command),
      whenDurable: (send, drop) => this.whenDurable(send, drop),
      say: (notice) => this.#say(notice.to, (peer) => peer.notice(notice.body)),
    });
    this.#arm();
  }

  get session(): Session {
    return this.#journal.session();
  }

  get idle(): boolean {
    return this.#controls.size === 0 && this.#documents.size === 0;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Runs `send` once everything folded so far is durable; `drop` if that never comes to be. */
  whenDurable(send: () => void, drop?: () => void): void {
    this.#journal.outbox.push(this.session.head, send, drop);
  }

  /** Brings what is due by now into the log. */
  catchUp(): void {
    if (this.#over) return;
    const facts = overdue(this.session, this.#deps.clock.now(), this.#deps.shelf);
    if (facts.length > 0) this.commit(facts, null);
  }

  /** A command of a seat, as it came in; answers what its sender is told. */
  command(seat: Seat, raw: unknown) {
    this.catchUp();
    return this.#desk.handle(seat, raw);
  }

  /** Facts decided on the present state go into the log and into everybody's view. */
  commit(facts: readonly Fact[], command: string | null): void {
    const at = this.#deps.clock.now();
    const before = this.session;
    const entries: NewEntry[] = facts.map((fact, index) => ({
      kind: 'event',
      fact,
      command: index === facts.length - 1 ? command : null,
    }));
    const gone = facts.some((fact) => fact.type === 'session-erased');
    if (!gone && facts.some((fact) => fact.type === 'turn-closed')) entries.push(this.#snapshot());
    for (const fact of facts) if (fact.type === 'turn-opened') this.#document.open(turnId(fact.turn));
    this.#journal.add(entries, at);
    this.#publish(before);
    if (gone) this.#forget();
    this.#arm();
    this.#desk.changed();
  }

  attachControl(peer: ControlPeer): void {
    const { session } = this;
    const { seat } = peer;
    this.whenDurable(() => {
      this.#controls.set(peer, { v: session.seen[seat], pen: penOf(session, seat) });
      peer.view(this.#view(session, seat));
      for (const [clientId, owner] of session.owners) {
        if (owner.seat === seat) peer.saved(clientId, owner.clock);
      }
      // Something may have happened between asking and now.
      if (this.session !== session) this.#show(peer, this.session);
    });
  }

  detachControl(peer: ControlPeer): void {
    this.#controls.delete(peer);
  }

  attachDocument(peer: DocumentPeer): void {
    if (this.session.phase.is === 'erased') {
      peer.close(CLOSE.erased, 'erased');
      return;
    }
    this.#documents.set(peer, null);
    this.whenDurable(() => {
      peer.send(step1Frame(this.#document.vector()));
      peer.send(this.#presence.everybody());
    });
  }

  detachDocument(peer: DocumentPeer): void {
    if (!this.#documents.delete(peer)) return;
    this.#others(peer, this.#presence.left(peer));
  }

  /** A client asks for what it does not have. */
  step1(peer: DocumentPeer, vector: Uint8Array): void {
    const reply = step2Frame(this.#document.since(vector));
    this.whenDurable(() => peer.send(reply));
  }

  queryAwareness(peer: DocumentPeer): void {
    peer.send(this.#presence.everybody());
  }

  awareness(peer: DocumentPeer, entries: readonly AwarenessEntry[]): void {
    const shown = this.#documents.get(peer) ?? entries.find(({ clientId }) => !this.#ofAnother(peer, clientId))?.clientId;
    if (shown === undefined || !this.#claim(peer, shown)) return;
    const name = this.session.seats[peer.seat]?.name ?? '';
    this.#others(peer, this.#presence.heard(peer, shown, entries, name));
  }

  /** Words, or what came back as an answer to step 1. */
  update(peer: DocumentPeer, bytes: Uint8Array): 'taken' | 'resync' | 'refused' {
    this.catchUp();
    const at = this.#deps.clock.now();
    const clientId = this.#documents.get(peer) ?? clientIdShownBy(bytes, this.session.owners, peer.seat);
    if (clientId !== null && !this.#claim(peer, clientId)) {
      this.#deny(peer, CLOSE['not-your-words'], 'foreign-client', 'These words carry the name of another writer.');
      return 'refused';
    }
    const open = writableTurn(this.session, peer.seat, at);
    const turn = open && clientId !== null && (open.pen === null || open.pen === clientId) ? open.id : null;
    const verdict = this.#document.judge(bytes, clientId ?? 0, turn);
    if (!verdict.ok) {
      if (verdict.severity === 'refuse') {
        this.#refuse(peer, verdict.code);
        return 'refused';
      }
      const ask = step1Frame(this.#document.vector());
      this.whenDurable(() => peer.send(ask));
      return 'resync';
    }
    if (clientId === null) return 'taken';
    const emitted = verdict.verdict === 'apply' && turn !== null ? this.#document.apply(verdict.apply) : null;
    if (verdict.verdict === 'apply' && emitted !== null && turn !== null) {
      this.#take(peer, { clientId, turn, from: verdict.from, to: verdict.to, bytes: emitted }, at);
    }
    const clock = this.session.owners.get(clientId)?.clock ?? 0;
    this.#say([peer.seat], (control) => control.saved(clientId, clock));
    return 'taken';
  }

  /** What is read later, as this seat may see it; once all of it is durable. */
  transcript(seat: Seat): Promise<Transcript> {
    const { session } = this;
    const whole = transcriptOf(session, this.#view(session, seat), (turn: TurnId) => this.#document.textOf(turn));
    return new Promise((resolve, reject) => {
      this.whenDurable(
        () => resolve(whole),
        () => reject(new Error('the log was lost')),
      );
    });
  }

  /** Lets everybody go: the server is going down, or the log is lost. */
  dismiss(reason: string): readonly ControlPeer[] {
    this.#over = true;
    this.#callOff?.();
    for (const peer of this.#documents.keys()) peer.close(CLOSE['come-back'], reason);
    const controls = [...this.#controls.keys()];
    this.#documents.clear();
    this.#controls.clear();
    this.#journal.outbox.dropAll();
    this.#desk.dropAll();
    this.#document.destroy();
    return controls;
  }

  #take(peer: DocumentPeer, words: { clientId: number; turn: TurnId; from: number; to: number; bytes: Uint8Array }, at: Millis): void {
    const before = this.session;
    this.#journal.add([{ kind: 'update', seat: peer.seat, ...words }], at);
    this.#others(peer, updateFrame(words.bytes));
    this.#publish(before);
    this.#arm();
    this.#desk.changed();
  }

  #snapshot(): NewEntry {
    const owners = [...this.session.owners].map(([clientId, { seat, clock }]) => ({ clientId, seat, clock }));
    const pens = openTurns(this.session).flatMap(({ id, pen }) => (pen === null ? [] : [{ turn: id, clientId: pen }]));
    return { kind: 'snapshot', owners, pens, bytes: this.#document.snapshot() };
  }

  #view(session: Session, seat: Seat): View {
    return viewOf(session, seat, { shelf: this.#deps.shelf, language: 'en', at: this.#deps.clock.now() });
  }

  /** Sends each seat its view if something that it may see has changed, and to nobody else. */
  #publish(before: Session): void {
    const now = this.session;
    const changed = SEATS.filter((seat) => now.seen[seat] !== before.seen[seat] || penOf(now, seat) !== penOf(before, seat));
    if (changed.length === 0) return;
    this.whenDurable(() => {
      for (const peer of this.#controls.keys()) if (changed.includes(peer.seat)) this.#show(peer, now);
    });
  }

  /** The newest view that is durable, and never one that is older than what this peer has. */
  #show(peer: ControlPeer, session: Session): void {
    const last = this.#controls.get(peer);
    const next = { v: session.seen[peer.seat], pen: penOf(session, peer.seat) };
    if (!last || next.v < last.v || (next.v === last.v && next.pen === last.pen)) return;
    this.#controls.set(peer, next);
    peer.view(this.#view(session, peer.seat));
  }

  #say(seats: readonly Seat[], tell: (peer: ControlPeer) => void): void {
    this.whenDurable(() => {
      for (const peer of this.#controls.keys()) if (seats.includes(peer.seat)) tell(peer);
    });
  }

  #others(from: DocumentPeer, frame: Uint8Array | null): void {
    if (!frame) return;
    this.whenDurable(() => {
      for (const peer of this.#documents.keys()) if (peer !== from) peer.send(frame);
    });
  }

  #ofAnother(peer: DocumentPeer, clientId: number): boolean {
    const owner = this.session.owners.get(clientId)?.seat ?? this.#claims.get(clientId);
    return owner !== undefined && owner !== peer.seat;
  }

  /** A clientID belongs to the first seat that showed it, and to the newest connection of that seat. */
  #claim(peer: DocumentPeer, clientId: number): boolean {
    if (this.#ofAnother(peer, clientId)) return false;
    if (this.#documents.get(peer) === clientId) return true;
    if (!this.#documents.has(peer)) return false;
    for (const [other, shown] of this.#documents) {
      if (shown === clientId) this.#deny(other, CLOSE['not-your-words'], 'replaced', 'This connection was taken over by a newer one.');
    }
    this.#claims.set(clientId, peer.seat);
    this.#documents.set(peer, clientId);
    return true;
  }

  #refuse(peer: DocumentPeer, code: keyof typeof GUARD_CODES): void {
    const sentence = 'These words could not be taken in. They are still on your device.';
    switch (GUARD_CODES[code]) {
      case 'bytes':
        return this.#deny(peer, CLOSE['not-protocol'], code, sentence);
      case 'limit':
        return this.#deny(peer, CLOSE['too-large'], code, sentence);
      case 'write':
      case 'resync':
        return this.#deny(peer, CLOSE['not-your-words'], code, sentence);
    }
  }

  #deny(peer: DocumentPeer, closeCode: number, code: string, sentence: string): void {
    this.detachDocument(peer);
    peer.deny(closeCode, code, sentence);
  }

  /** Nothing is kept: the words leave memory as they leave the store. */
  #forget(): void {
    const peers = [...this.#documents.keys()];
    this.#documents.clear();
    this.#document.destroy();
    this.#document = createDocument([], this.session);
    this.whenDurable(() => {
      for (const peer of peers) peer.close(CLOSE.erased, 'erased');
    });
  }

  #arm(): void {
    this.#callOff?.();
    const due = deadline(this.session);
    this.#callOff =
      due === null
        ? null
        : this.#deps.clock.after(Math.max(0, due - this.#deps.clock.now()), () => {
            this.catchUp();
            if (!this.#over) this.#arm();
          });
  }

  #lose(why: string): void {
    this.#over = true;
    this.#deps.lost(why);
  }
}

/** Which connection of this seat holds the pen: the one thing in a view that a word can change. */
function penOf(session: Session, seat: Seat): number | null {
  const turn = floorHolder(session);
  return turn?.seat === seat ? turn.pen : null;
}

