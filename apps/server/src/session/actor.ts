import {
  deadline,
  type Fact,
  GUARD_CODES,
  type Millis,
  type NewEntry,
  openTurns,
  overdue,
  type Seat,
  type Session,
  type SessionId,
  type Shelf,
  type Transcript,
  type TurnId,
  transcriptOf,
  turnId,
  viewOf,
  writableTurn,
} from '@mend/core';
import { CLOSE } from '@mend/protocol';
import { type Audience, createAudience } from './audience.ts';
import { clientIdShownBy } from './client-id.ts';
import type { Clock } from './clock.ts';
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

/** What a connection is closed with for what the guard found. */
const CLOSE_FOR = {
  bytes: CLOSE['not-protocol'],
  limit: CLOSE['too-large'],
  write: CLOSE['not-your-words'],
  resync: CLOSE['not-your-words'],
} as const;

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
  readonly #audience: Audience;
  readonly #documents = new Map<DocumentPeer, number | null>();
  /** Which seat showed a clientID first, beside those that the log knows. */
  readonly #claims = new Map<number, Seat>();
  #callOff: (() => void) | null = null;
  /** The command that the closing turn is closing for: its effect is whole only with what follows. */
  #closingFor: string | null = null;
  /** Takes nothing more in. */
  #over = false;
  /** Lets nothing more out, either. */
  #dismissed = false;

  constructor(session: Session, updates: Iterable<Uint8Array>, deps: ActorDeps) {
    this.id = session.id;
    this.#deps = deps;
    this.#document = createDocument(updates, session);
    this.#journal = createJournal(session, deps.append, (why) => this.#lose(why));
    this.#audience = createAudience({
      session: () => this.session,
      view: (shown, seat) => viewOf(shown, seat, { shelf: deps.shelf, language: 'en', at: deps.clock.now() }),
      whenDurable: (send) => this.whenDurable(send),
    });
    this.#desk = createCommandDesk({
      clock: deps.clock,
      shelf: deps.shelf,
      session: () => this.session,
      commit: (facts, command) => this.commit(facts, command),
      whenDurable: (send, drop) => this.whenDurable(send, drop),
      say: (notice) => this.#audience.say(notice.to, (peer) => peer.notice(notice.body)),
    });
    this.#arm();
  }

  get session(): Session {
    return this.#journal.session();
  }

  get idle(): boolean {
    return this.#audience.isEmpty && this.#documents.size === 0;
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
    if (facts.length > 0) this.commit(facts, this.#closingFor);
  }

  /** A command of a seat, as it came in; answers what its sender is told. */
  command(seat: Seat, raw: unknown) {
    this.catchUp();
    return this.#desk.handle(seat, raw);
  }

  /** Facts decided on the present state go into the log and into everybody's view. */
  commit(facts: readonly Fact[], command: string | null): void {
    this.#guarded(() => this.#commit(facts, command));
  }

  attachControl(peer: ControlPeer): void {
    this.#audience.attach(peer);
  }

  detachControl(peer: ControlPeer): void {
    this.#audience.detach(peer);
  }

  attachDocument(peer: DocumentPeer): void {
    if (this.session.phase.is === 'erased') {
      this.whenDurable(() => peer.close(CLOSE.erased, 'erased'));
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
    if (!this.#documents.has(peer)) return;
    const reply = step2Frame(this.#document.since(vector));
    this.whenDurable(() => peer.send(reply));
  }

  queryAwareness(peer: DocumentPeer): void {
    if (this.#documents.has(peer)) peer.send(this.#presence.everybody());
  }

  awareness(peer: DocumentPeer, entries: readonly AwarenessEntry[]): void {
    const shown = this.#documents.get(peer);
    // The first entry that a connection shows is its own, unless it only gives back what it was sent.
    const own = entries.find((entry) =>
      shown === null
        ? entry.here && !this.#ofAnother(peer, entry.clientId) && !this.#presence.isEcho(entry)
        : entry.clientId === shown,
    );
    if (!own || !this.#claim(peer, own.clientId)) return;
    const name = this.session.seats[peer.seat]?.name ?? '';
    this.#others(peer, this.#presence.heard(peer, own.clientId, own, name, this.#deps.clock.now()));
  }

  /** Words, or what came back as an answer to step 1. */
  update(peer: DocumentPeer, bytes: Uint8Array): 'taken' | 'resync' | 'refused' {
    return this.#guarded(() => this.#update(peer, bytes));
  }

  /** True once everything up to now is durable; false if that never comes to be. */
  durable(): Promise<boolean> {
    return new Promise((resolve) => {
      this.whenDurable(
        () => resolve(true),
        () => resolve(false),
      );
    });
  }

  /** What is read later, as this seat may see it. Ask `durable` before it leaves. */
  transcript(seat: Seat): Transcript {
    const { session } = this;
    const { clock, shelf } = this.#deps;
    const view = viewOf(session, seat, { shelf, language: 'en', at: clock.now() });
    return transcriptOf(session, view, (turn: TurnId) => this.#document.textOf(turn));
  }

  /** Takes nothing more in, and lets everybody go once all that was taken in is durable and answered. */
  async retire(reason: string): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    await this.durable();
    this.dismiss(reason);
  }

  /** Lets everybody go at once: nobody is here, or the log is lost. */
  dismiss(reason: string): void {
    this.#over = true;
    this.#dismissed = true;
    this.#callOff?.();
    for (const peer of this.#documents.keys()) peer.close(CLOSE['come-back'], reason);
    this.#documents.clear();
    this.#audience.dropAll();
    this.#journal.outbox.dropAll();
    this.#desk.dropAll();
    this.#document.destroy();
  }

  #commit(facts: readonly Fact[], command: string | null): void {
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
    this.#closingFor = facts.some((fact) => fact.type === 'turn-closing') ? command : this.#stillClosingFor();
    this.#audience.publish(before);
    if (gone) this.#forget();
    this.#arm();
    this.#desk.changed();
  }

  #stillClosingFor(): string | null {
    const { phase } = this.session;
    return phase.is === 'live' && phase.floor.is === 'closing' ? this.#closingFor : null;
  }

  #update(peer: DocumentPeer, bytes: Uint8Array): 'taken' | 'resync' | 'refused' {
    this.catchUp();
    // Catching up may have ended it for this peer: an erased session lets everybody go.
    if (this.#over || !this.#documents.has(peer)) return 'taken';
    const at = this.#deps.clock.now();
    const clientId = this.#documents.get(peer) ?? clientIdShownBy(bytes, this.session.owners, peer.seat);
    if (clientId !== null && !this.#claim(peer, clientId)) {
      this.#deny(
        peer,
        CLOSE['not-your-words'],
        'foreign-client',
        'These words carry the name of another writer.',
      );
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
    const owner = this.session.owners.get(clientId);
    if (owner) this.#audience.say([peer.seat], (control) => control.saved(clientId, owner.clock));
    return 'taken';
  }

  #take(
    peer: DocumentPeer,
    words: { clientId: number; turn: TurnId; from: number; to: number; bytes: Uint8Array },
    at: Millis,
  ): void {
    const before = this.session;
    this.#journal.add([{ kind: 'update', seat: peer.seat, ...words }], at);
    this.#others(peer, updateFrame(words.bytes));
    this.#audience.publish(before);
    this.#arm();
    this.#desk.changed();
  }

  #snapshot(): NewEntry {
    const owners = [...this.session.owners].map(([clientId, { seat, clock }]) => ({ clientId, seat, clock }));
    const pens = openTurns(this.session).flatMap(({ id, pen }) =>
      pen === null ? [] : [{ turn: id, clientId: pen }],
    );
    return { kind: 'snapshot', owners, pens, bytes: this.#document.snapshot() };
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
    this.#presence.moved(clientId, peer);
    for (const [other, shown] of this.#documents) {
      if (shown === clientId)
        this.#deny(
          other,
          CLOSE['not-your-words'],
          'replaced',
          'This connection was taken over by a newer one.',
        );
    }
    this.#claims.set(clientId, peer.seat);
    this.#documents.set(peer, clientId);
    return true;
  }

  #refuse(peer: DocumentPeer, code: keyof typeof GUARD_CODES): void {
    const sentence = 'These words could not be taken in. They are still on your device.';
    this.#deny(peer, CLOSE_FOR[GUARD_CODES[code]], code, sentence);
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
        : this.#deps.clock.after(Math.max(0, due - this.#deps.clock.now()), () => this.#wake());
  }

  /** The alarm has no caller that could be told of a throw, and one session's bug must not end the others. */
  #wake(): void {
    try {
      this.catchUp();
      if (!this.#over) this.#arm();
    } catch {
      this.#lose('fault');
    }
  }

  /** A throw is a bug, and leaves things half done: they are done away with, and read from the log again. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      this.#lose('fault');
      throw cause;
    }
  }

  #lose(why: string): void {
    if (this.#dismissed) return;
    this.#over = true;
    this.#deps.lost(why);
  }
}
