import {
  type Fact,
  type GuardCode,
  type Millis,
  type NewEntry,
  overdue,
  SEATS,
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
import { type BehindWatch, createBehindWatch } from './behind-watch.ts';
import { clientIdShownBy } from './client-id.ts';
import type { Clock } from './clock.ts';
import { closeFor } from './close-for.ts';
import { type CommandDesk, createCommandDesk } from './command-desk.ts';
import { createDeadlineAlarm, type DeadlineAlarm } from './deadline-alarm.ts';
import { createDocument, type SharedDocument } from './document.ts';
import { createDocumentPeers } from './document-peers.ts';
import { type AwarenessEntry, step1Frame, step2Frame, updateFrame } from './frames.ts';
import { type AppendEntries, createJournal, type Journal } from './journal.ts';
import type { ControlPeer, DocumentPeer } from './peers.ts';
import { createPresence } from './presence.ts';
import { NO_WORDS, type StoredWords } from './read-document.ts';
import { createSavedMarks, type SavedMarks } from './saved-marks.ts';
import { snapshotOf } from './snapshot.ts';
import { type Passing, unwatched, type WritePoint } from './write-point.ts';

export interface ActorDeps {
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly append: AppendEntries;
  /** The log could not be written: this actor is over, and must be loaded again from the log. */
  readonly lost: (why: string) => void;
  /** Tests only, see write-point.ts. */
  readonly passing?: Passing;
}

/**
 * One session on the server. Everything that concerns it goes through here, one thing after the other: judge, apply
 * and the request to append are one synchronous block, so a turn's change and a word can never interleave, and
 * nothing that shows an entry leaves before that entry is durable.
 */
export class SessionActor {
  readonly id: SessionId;
  readonly #deps: ActorDeps;
  readonly #passing: Passing;
  readonly #journal: Journal;
  readonly #desk: CommandDesk;
  #document: SharedDocument;
  readonly #presence = createPresence();
  readonly #audience: Audience;
  readonly #saved: SavedMarks;
  readonly #behind: BehindWatch;
  readonly #documents = createDocumentPeers(() => this.session);
  readonly #alarm: DeadlineAlarm;
  /** The command that the closing turn is closing for: its effect is whole only with what follows. */
  #closingFor: string | null = null;
  /** Takes nothing more in. */
  #over = false;
  /** Lets nothing more out, either. */
  #dismissed = false;

  constructor(session: Session, words: StoredWords, deps: ActorDeps) {
    this.id = session.id;
    this.#deps = deps;
    this.#passing = deps.passing ?? unwatched;
    this.#document = createDocument(words, session);
    this.#journal = createJournal(session, deps.append, (why) => this.#lose(why), this.#passing);
    this.#audience = createAudience({
      session: () => this.session,
      view: (shown, seat) => viewOf(shown, seat, { shelf: deps.shelf, language: 'en', at: deps.clock.now() }),
      whenDurable: (send) => this.whenDurable(send),
    });
    this.#behind = createBehindWatch({
      session: () => this.session,
      isAhead: (vector, clientId) => this.#document.isBehind(vector, clientId),
      commit: (facts) => this.#over || this.commit(facts, null),
    });
    this.#saved = createSavedMarks(deps.clock, (seat, clientId) => this.#tellSaved(seat, clientId));
    this.#desk = createCommandDesk({
      clock: deps.clock,
      shelf: deps.shelf,
      session: () => this.session,
      commit: (facts, command) => this.commit(facts, command),
      whenDurable: (send, drop) => this.whenDurable(send, drop),
      passing: this.#passing,
      say: (notice) => this.#audience.say(notice.to, (peer) => peer.notice(notice.body)),
    });
    this.#alarm = createDeadlineAlarm(deps.clock, () => this.#wake());
    this.#alarm.set(this.session);
  }

  get session(): Session {
    return this.#journal.session();
  }

  get idle(): boolean {
    return this.#audience.isEmpty && this.#documents.isEmpty;
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
    this.#passing('command-in');
    this.catchUp();
    return this.#desk.handle(seat, raw);
  }

  /** Facts decided on the present state go into the log and into everybody's view. */
  commit(facts: readonly Fact[], command: string | null): void {
    this.#guarded(() => this.#commit(facts, command));
  }

  attachControl(peer: ControlPeer): void {
    this.#behind.control(peer);
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
    this.#documents.add(peer);
    this.whenDurable(() => {
      peer.send(step1Frame(this.#guarded(() => this.#document.vector())));
      peer.send(this.#presence.everybody());
    });
  }

  detachDocument(peer: DocumentPeer): void {
    this.#behind.left(peer);
    if (!this.#documents.remove(peer)) return;
    this.#others(peer, this.#presence.left(peer));
  }

  /** A client asks for what it does not have. */
  step1(peer: DocumentPeer, vector: Uint8Array): void {
    if (!this.#documents.has(peer)) return;
    // Whoever asks wants to know where they stand.
    this.#saved.flush(peer.seat);
    this.#guarded(() => {
      this.#behind.vector(peer, vector, this.#documents.shown(peer));
      const reply = step2Frame(this.#document.since(vector));
      this.whenDurable(() => peer.send(reply));
    });
  }

  queryAwareness(peer: DocumentPeer): void {
    if (this.#documents.has(peer)) peer.send(this.#presence.everybody());
  }

  awareness(peer: DocumentPeer, entries: readonly AwarenessEntry[]): void {
    if (!this.#documents.has(peer)) return;
    const shown = this.#documents.shown(peer);
    // The first entry that a connection shows is its own, unless it only gives back what it was sent.
    const own = entries.find((entry) =>
      shown === null
        ? entry.here &&
          !this.#documents.isOfAnother(peer.seat, entry.clientId) &&
          !this.#presence.isEcho(entry)
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
    const view = viewOf(session, seat, {
      shelf: this.#deps.shelf,
      language: 'en',
      at: this.#deps.clock.now(),
    });
    return this.#guarded(() => transcriptOf(session, view, (turn: TurnId) => this.#document.textOf(turn)));
  }

  /** Takes nothing more in, and lets everybody go once all that was taken in is durable and answered. */
  async retire(reason: string): Promise<void> {
    if (this.#over) return;
    for (const seat of SEATS) this.#saved.flush(seat);
    this.#over = true;
    await this.durable();
    this.dismiss(reason);
  }

  /** Lets everybody go at once: nobody is here, or the log is lost. */
  dismiss(reason: string): void {
    this.#over = true;
    this.#dismissed = true;
    this.#alarm.callOff();
    this.#saved.end();
    for (const peer of this.#documents.all()) peer.close(CLOSE['come-back'], reason);
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
    if (!gone && facts.some((fact) => fact.type === 'turn-closed'))
      entries.push(snapshotOf(this.session, this.#document.snapshot()));
    for (const fact of facts) if (fact.type === 'turn-opened') this.#document.open(turnId(fact.turn));
    this.#journal.add(entries, at);
    this.#closingFor = facts.some((fact) => fact.type === 'turn-closing') ? command : this.#stillClosingFor();
    // Whoever is shown that the turn is over must know by then which words are safe.
    for (const seat of SEATS) if (this.session.seen[seat] !== before.seen[seat]) this.#saved.flush(seat);
    this.#audience.publish(before);
    if (gone) this.#forget();
    this.#alarm.set(this.session);
    this.#desk.changed();
  }

  #stillClosingFor(): string | null {
    const { phase } = this.session;
    return phase.is === 'live' && phase.floor.is === 'closing' ? this.#closingFor : null;
  }

  #update(peer: DocumentPeer, bytes: Uint8Array): 'taken' | 'resync' | 'refused' {
    this.#passing('words-in');
    this.catchUp();
    // Catching up may have ended it for this peer: an erased session lets everybody go.
    if (this.#over || !this.#documents.has(peer)) return 'taken';
    const at = this.#deps.clock.now();
    const clientId = this.#documents.shown(peer) ?? clientIdShownBy(bytes, this.session.owners, peer.seat);
    if (clientId !== null && !this.#claim(peer, clientId)) {
      const sentence = 'These words carry the name of another writer.';
      this.#deny(peer, CLOSE['not-your-words'], 'foreign-client', sentence);
      return 'refused';
    }
    const open = writableTurn(this.session, peer.seat, at);
    const turn = open && clientId !== null && (open.pen === null || open.pen === clientId) ? open.id : null;
    const verdict = this.#document.judge(bytes, clientId ?? 0, turn);
    this.#passing('words-judged');
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
    this.#passing('words-applied');
    if (verdict.verdict === 'apply' && emitted !== null && turn !== null) {
      this.#take(peer, { clientId, turn, from: verdict.from, to: verdict.to, bytes: emitted }, at);
    }
    if (this.session.owners.has(clientId)) this.#saved.words(peer.seat, clientId);
    return 'taken';
  }

  #take(
    peer: DocumentPeer,
    words: { clientId: number; turn: TurnId; from: number; to: number; bytes: Uint8Array },
    at: Millis,
  ): void {
    const before = this.session;
    this.#journal.add([{ kind: 'update', seat: peer.seat, ...words }], at);
    this.#others(peer, updateFrame(words.bytes), 'words-sent');
    this.#audience.publish(before);
    this.#alarm.set(this.session);
    this.#desk.changed();
  }

  #others(from: DocumentPeer, frame: Uint8Array | null, then: WritePoint | null = null): void {
    if (!frame) return;
    this.whenDurable(() => {
      for (const peer of this.#documents.all()) if (peer !== from) peer.send(frame);
      if (then) this.#passing(then);
    });
  }

  /** A clientID belongs to the first seat that showed it, and to the newest connection of that seat. */
  #claim(peer: DocumentPeer, clientId: number): boolean {
    if (this.#documents.isOfAnother(peer.seat, clientId)) return false;
    if (this.#documents.shown(peer) === clientId) return true;
    if (!this.#documents.has(peer)) return false;
    this.#presence.moved(clientId, peer);
    const sentence = 'This connection was taken over by a newer one.';
    for (const other of this.#documents.claim(peer, clientId)) {
      this.#deny(other, CLOSE['not-your-words'], 'replaced', sentence);
    }
    this.#behind.shown(peer, clientId);
    return true;
  }

  #refuse(peer: DocumentPeer, code: GuardCode): void {
    const sentence = 'These words could not be taken in. They are still on your device.';
    this.#deny(peer, closeFor(code), code, sentence);
  }

  #tellSaved(seat: Seat, clientId: number): void {
    const owner = this.session.owners.get(clientId);
    if (!owner || this.#over) return;
    this.#audience.say([seat], (control) => {
      control.saved(clientId, owner.clock);
      this.#passing('saved-told');
    });
  }

  #deny(peer: DocumentPeer, closeCode: number, code: string, sentence: string): void {
    this.#saved.flush(peer.seat);
    this.detachDocument(peer);
    peer.deny(closeCode, code, sentence);
  }

  /** Nothing is kept: the words leave memory as they leave the store. */
  #forget(): void {
    const peers = [...this.#documents.all()];
    this.#documents.clear();
    this.#document.destroy();
    this.#document = createDocument(NO_WORDS, this.session);
    this.whenDurable(() => {
      for (const peer of peers) peer.close(CLOSE.erased, 'erased');
    });
  }

  /** The alarm has no caller that could be told of a throw, and one session's bug must not end the others. */
  #wake(): void {
    try {
      this.catchUp();
      if (!this.#over) this.#alarm.set(this.session);
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
