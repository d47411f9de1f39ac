import type { Seat, View } from '@mend/core';
import { type ControlPeer, type DocumentPeer, readFrame, type SessionActor } from '@mend/server/session';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

/** A word that was typed: unlike every other, so that it can be looked for. */
export interface Word {
  readonly text: string;
  readonly turn: string;
  readonly clientId: number;
  /** The clientID's clock just after it. */
  readonly clock: number;
  deleted: boolean;
}

/**
 * A phone: a stock document client and a command channel, over a network that moves only when it is told to. After a
 * refusal it does what our client does: keeps the words that were not taken in, and begins a new document.
 */
export class Device {
  readonly seat: Seat;
  readonly name: string;
  doc: Y.Doc;
  readonly views: View[] = [];
  readonly typed: Word[] = [];
  /** Words of documents that were given up, which the server had not acknowledged: the private draft. */
  readonly drafts = new Set<string>();
  /** How far the server has said that a clientID's words are safe. */
  readonly saved = new Map<number, number>();
  refusals = 0;
  readonly #nextClientId: () => number;
  #toServer: Uint8Array[] = [];
  #toDevice: (Uint8Array | 'denied' | 'closed')[] = [];
  #actor: SessionActor | null = null;
  #document: DocumentPeer | null = null;
  #control: ControlPeer | null = null;

  constructor(seat: Seat, name: string, nextClientId: () => number) {
    this.seat = seat;
    this.name = name;
    this.#nextClientId = nextClientId;
    this.doc = this.#newDoc();
  }

  get connected(): boolean {
    return this.#document !== null;
  }

  get view(): View | null {
    return this.views.at(-1) ?? null;
  }

  /** Opens both channels; the old ones, if any, are forgotten by this side as a dead socket is. */
  connect(actor: SessionActor): void {
    this.disconnect();
    this.#actor = actor;
    this.#toDevice = [];
    const document: DocumentPeer = {
      seat: this.seat,
      send: (frame) => this.#document === document && void this.#toDevice.push(frame),
      deny: () => this.#document === document && void this.#toDevice.push('denied'),
      close: () => this.#document === document && void this.#toDevice.push('closed'),
    };
    const control: ControlPeer = {
      seat: this.seat,
      view: (view) => this.#control === control && void this.views.push(view),
      saved: (clientId, clock) => {
        if (this.#control !== control) return;
        this.saved.set(clientId, Math.max(clock, this.saved.get(clientId) ?? 0));
      },
      notice: () => {},
    };
    this.#document = document;
    this.#control = control;
    actor.attachControl(control);
    actor.attachDocument(document);
    this.#toServer = [frame((encoder) => sync.writeSyncStep1(encoder, this.doc))];
  }

  /** The connection is gone; what was on its way is lost, in both directions. */
  disconnect(): void {
    if (this.#actor && this.#document && this.#control) {
      this.#actor.detachDocument(this.#document);
      this.#actor.detachControl(this.#control);
    }
    this.forget();
  }

  /** As `disconnect`, where the other side is gone too. */
  forget(): void {
    this.#document = null;
    this.#control = null;
    this.#actor = null;
    this.#toServer = [];
    this.#toDevice = [];
  }

  type(turn: string, words: string, at: number): void {
    const text = this.doc.getText(`turn:${turn}`);
    this.doc.transact(() => text.insert(Math.min(at, text.length), words), this);
    const clock = Y.getState(this.doc.store, this.doc.clientID);
    this.typed.push({ text: words, turn, clientId: this.doc.clientID, clock, deleted: false });
  }

  /** Deletes a whole word, wherever it is now. */
  erase(word: Word): void {
    const text = this.doc.getText(`turn:${word.turn}`);
    const at = text.toString().indexOf(word.text);
    if (at < 0) return;
    this.doc.transact(() => text.delete(at, word.text.length), this);
    word.deleted = true;
  }

  /** Hands the server the next frames, one of them twice if asked to. */
  deliverToServer(most: number, again: boolean): void {
    const frames = this.#toServer.splice(0, most);
    const first = frames[0];
    if (again && first) frames.push(first);
    for (const bytes of frames) this.#handToServer(bytes);
  }

  /** Takes in the next frames from the server. */
  deliverToDevice(most: number): void {
    for (const message of this.#toDevice.splice(0, most)) {
      // What comes after the end of a connection is not read any more.
      if (message === 'denied') {
        this.#refused();
        return;
      }
      if (message === 'closed') {
        this.disconnect();
        return;
      }
      this.#receive(message);
    }
  }

  get pendingFrames(): number {
    return this.#toServer.length + this.#toDevice.length;
  }

  stateVector(): string {
    return Buffer.from(Y.encodeStateVector(this.doc)).toString('base64');
  }

  say(command: object): void {
    if (this.#actor && !this.#actor.over) void this.#actor.command(this.seat, command);
  }

  #handToServer(bytes: Uint8Array): void {
    const peer = this.#document;
    const actor = this.#actor;
    const read = readFrame(bytes);
    if (!peer || !actor || actor.over || !read) return;
    if (read.is === 'step1') actor.step1(peer, read.vector);
    if (read.is === 'update') actor.update(peer, read.update);
  }

  #receive(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== 0) return;
    const reply = encoding.createEncoder();
    encoding.writeVarUint(reply, 0);
    sync.readSyncMessage(decoder, reply, this.doc, 'server');
    if (encoding.length(reply) > 1) this.#toServer.push(encoding.toUint8Array(reply));
  }

  /** Keeps the words that are not known to be safe, and begins anew under a new clientID. */
  #refused(): void {
    this.refusals += 1;
    const accepted = this.saved.get(this.doc.clientID) ?? 0;
    for (const word of this.typed) {
      if (word.clientId === this.doc.clientID && word.clock > accepted && !word.deleted)
        this.drafts.add(word.text);
    }
    this.disconnect();
    this.doc.destroy();
    this.doc = this.#newDoc();
  }

  #newDoc(): Y.Doc {
    const doc = new Y.Doc();
    doc.clientID = this.#nextClientId();
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'server' || !this.#document) return;
      this.#toServer.push(frame((encoder) => sync.writeUpdate(encoder, update)));
    });
    return doc;
  }
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    write(encoder);
  });
}
