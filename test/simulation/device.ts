import type { Seat, SessionId, View } from '@mend/core';
import { AUTH_DENIED, CLOSE, type CommandAck, MESSAGE, SYNC } from '@mend/protocol';
import type {
  ControlConnection,
  ControlWire,
  DocumentConnection,
  DocumentWire,
} from '@mend/server/transport';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { createPipe, type Pipe } from './network.ts';
import type { Said } from './said.ts';
import type { ServerProcess } from './server-process.ts';

/** A word that was typed: unlike every other, so that it can be looked for. */
export interface Word {
  readonly mark: string;
  readonly turn: string;
  readonly clientId: number;
  /** The clientID's clock just after it. */
  readonly clock: number;
}

/** What the command channel carries back. */
type ControlMessage =
  | { readonly is: 'view'; readonly view: View }
  | { readonly is: 'saved'; readonly clientId: number; readonly clock: number }
  | { readonly is: 'ack'; readonly said: Said; readonly ack: CommandAck };

export interface Surroundings {
  readonly session: SessionId;
  readonly nextClientId: () => number;
  /** Every pipe that was ever opened and may still move. */
  readonly pipes: Pipe<never, never>[];
  /** How many bytes a frame that waits in the server's socket counts for: more on a thick-headed network. */
  readonly frameWeight: number;
  /** The server turned a connection away. */
  readonly denied: (seat: Seat, clientId: number, reason: string) => void;
  readonly broken: (what: string) => void;
}

/** How often a command is tried that could not be written. */
const MOST_TRIES = 4;

/**
 * A phone: a stock document client and a command channel. After a refusal it does what our client does: keeps the
 * words that are not known to be taken in, and begins a new document.
 */
export class Device {
  readonly seat: Seat;
  readonly name: string;
  readonly token: string;
  doc: Y.Doc;
  view: View | null = null;
  readonly typed: Word[] = [];
  /** Words of documents that were given up, which the server had not acknowledged: the private draft. */
  readonly drafts = new Set<string>();
  /** How far the server has said that a clientID's words are safe. */
  readonly saved = new Map<number, number>();
  /** Commands that have no answer yet: said again on every new channel. */
  readonly unanswered = new Set<Said>();
  refusals = 0;
  /** Whether this document has had its first sync. A fresh one is not written in before. */
  synced = false;
  /** Whether something came in since somebody last looked. */
  changed = false;
  /** There is no document to come back to. */
  isOver = false;
  /** How many steps this phone stays without a network. */
  offline = 0;
  readonly #around: Surroundings;
  #document: Pipe<Uint8Array, Uint8Array> | null = null;
  #control: Pipe<Said, ControlMessage> | null = null;
  #awarenessClock = 0;

  constructor(seat: Seat, name: string, token: string, around: Surroundings) {
    this.seat = seat;
    this.name = name;
    this.token = token;
    this.#around = around;
    this.doc = this.#newDoc();
  }

  get connected(): boolean {
    return this.#control !== null && (this.isOver || this.#document !== null);
  }

  /** Opens the channels that are not open. */
  async connect(server: ServerProcess): Promise<void> {
    if (!this.#control) await this.#openControl(server);
    if (!this.#document && !this.isOver) await this.#openDocument(server);
  }

  /** The connection is gone: of what was on its way, so much still arrives at the server, now or much later. */
  cutDocument(arriving: number): void {
    this.#document?.cut(arriving);
    this.#document = null;
  }

  cutControl(arriving: number): void {
    this.#control?.cut(arriving);
    this.#control = null;
  }

  /** The page is loaded anew: what was not safe is in its draft, and the document is a new one. */
  reload(arriving: number): void {
    this.cutDocument(arriving);
    this.cutControl(arriving);
    this.unanswered.clear();
    this.#beginAnew();
  }

  type(turn: string, mark: string, words: string, at: number): void {
    const text = this.doc.getText(`turn:${turn}`);
    this.doc.transact(() => text.insert(at, words), this);
    this.wrote(turn, mark);
  }

  /** A word is there now whose last character is the newest of this document. */
  wrote(turn: string, mark: string): void {
    const clock = Y.getState(this.doc.store, this.doc.clientID);
    this.typed.push({ mark, turn, clientId: this.doc.clientID, clock });
  }

  say(said: Said): void {
    this.unanswered.add(said);
    this.#control?.sendUp(said);
  }

  /** Says that `clientId` is here: its own, if it is honest. */
  showItself(clientId = this.doc.clientID): void {
    this.#document?.sendUp(awarenessFrame(clientId, ++this.#awarenessClock));
  }

  stateVector(): string {
    return Buffer.from(Y.encodeStateVector(this.doc)).toString('base64');
  }

  async #openDocument({ admissions, documents }: ServerProcess): Promise<void> {
    const admitted = await admissions.admit(this.token, this.#around.session);
    const { clientID: clientId } = this.doc;
    const { denied, frameWeight, pipes } = this.#around;
    let connection: DocumentConnection | null = null;
    let closeCode = 0;
    const pipe: Pipe<Uint8Array, Uint8Array> = createPipe<Uint8Array, Uint8Array>({
      server: (frame) => connection?.received(frame),
      serverGone: () => connection?.gone(),
      client: (frame) => this.#receive(frame),
      clientGone: () => this.#documentClosed(closeCode),
    });
    const wire: DocumentWire = {
      get isOpen() {
        return pipe.serverIsOpen;
      },
      send: pipe.sendDown,
      buffered: () => pipe.unread * frameWeight,
      close: (code, reason) => {
        if (pipe.serverIsOpen) denied(this.seat, clientId, reason);
        closeCode ||= code;
        pipe.close();
      },
    };
    this.#document = pipe;
    pipes.push(pipe);
    const otherwise = admitted.ok || admitted.error !== 'cannot-write' ? null : 'unavailable';
    connection = documents.open(wire, admitted.ok ? admitted.value : otherwise);
    pipe.sendUp(syncFrame((encoder) => sync.writeSyncStep1(encoder, this.doc)));
    this.showItself();
  }

  async #openControl({ control }: ServerProcess): Promise<void> {
    const entry = await control.admit(this.token);
    if (entry === null) this.#around.broken(`${this.name} has no seat any more`);
    if (entry === null || entry === 'unavailable') return;
    let connection: ControlConnection | null = null;
    const pipe: Pipe<Said, ControlMessage> = createPipe<Said, ControlMessage>({
      server: (said) => {
        said.heard += 1;
        connection?.command(said.command, (ack: CommandAck) => {
          said.answers.push(ack);
          pipe.sendDown({ is: 'ack', said, ack });
        });
      },
      serverGone: () => connection?.gone(),
      client: (message) => this.#hear(message),
      clientGone: () => {
        this.#control = null;
      },
    });
    const wire: ControlWire = {
      get isOpen() {
        return pipe.serverIsOpen;
      },
      view: (view) => pipe.sendDown({ is: 'view', view }),
      saved: (clientId, clock) => pipe.sendDown({ is: 'saved', clientId, clock }),
      notice() {},
      cut: pipe.close,
      end: pipe.close,
    };
    this.#control = pipe;
    this.#around.pipes.push(pipe);
    connection = control.open(wire, entry);
    for (const said of this.unanswered) pipe.sendUp(said);
  }

  #hear(message: ControlMessage): void {
    switch (message.is) {
      case 'view':
        if (this.view && message.view.v < this.view.v) this.#around.broken(`${this.name}'s view went back`);
        this.view = message.view;
        this.changed = true;
        return;
      case 'saved':
        this.saved.set(message.clientId, Math.max(message.clock, this.saved.get(message.clientId) ?? 0));
        return;
      case 'ack':
        this.#answered(message.said, message.ack);
        return;
    }
  }

  /** What could not be written may be tried again under the same id, also while it is not known whether it was. */
  #answered(said: Said, ack: CommandAck): void {
    said.acks.push(ack);
    const isWorthIt = said.command.id !== undefined && said.acks.length < MOST_TRIES;
    if (!ack.ok && ack.error.code === 'cannot-write' && isWorthIt) this.#control?.sendUp(said);
    else this.unanswered.delete(said);
  }

  #receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const kind = decoding.readVarUint(decoder);
    if (kind === MESSAGE.auth && decoding.readVarUint(decoder) !== AUTH_DENIED)
      this.#around.broken('an auth message that denies nothing');
    if (kind !== MESSAGE.sync) return;
    const reply = encoding.createEncoder();
    encoding.writeVarUint(reply, MESSAGE.sync);
    const step = sync.readSyncMessage(decoder, reply, this.doc, 'server');
    this.synced ||= step === SYNC.step2;
    this.changed = true;
    if (encoding.length(reply) > 1) this.#document?.sendUp(encoding.toUint8Array(reply));
  }

  #documentClosed(code: number): void {
    this.#document = null;
    if (code === CLOSE.erased) this.isOver = true;
    if (code === CLOSE['no-such-seat']) this.#around.broken(`${this.name} has no seat any more`);
    const isFinal = code >= 4_400 && code < 4_500;
    if (isFinal && code !== CLOSE['too-fast'] && code !== CLOSE.erased) {
      this.refusals += 1;
      this.#beginAnew();
    }
  }

  /** Keeps the words that are not known to be safe, and begins a new document under a new clientID. */
  #beginAnew(): void {
    const accepted = this.saved.get(this.doc.clientID) ?? 0;
    for (const word of this.typed) {
      if (word.clientId === this.doc.clientID && word.clock > accepted) this.drafts.add(word.mark);
    }
    this.doc.destroy();
    this.doc = this.#newDoc();
  }

  #newDoc(): Y.Doc {
    const doc = new Y.Doc();
    doc.clientID = this.#around.nextClientId();
    this.synced = false;
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server')
        this.#document?.sendUp(syncFrame((encoder) => sync.writeUpdate(encoder, update)));
    });
    return doc;
  }
}

function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    write(encoder);
  });
}

function awarenessFrame(clientId: number, clock: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => {
        encoding.writeVarUint(inner, 1);
        encoding.writeVarUint(inner, clientId);
        encoding.writeVarUint(inner, clock);
        encoding.writeVarString(inner, '{"user":{}}');
      }),
    );
  });
}
