import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';

/** A document connection without a client: it says what it is told to say, byte for byte. */
export interface RawDocument {
  readonly ws: WebSocket;
  /** Everything that came, in order. */
  readonly frames: Buffer[];
  /** How it was closed; null while it is open. */
  closed(): { readonly code: number; readonly reason: string } | null;
  readonly whenClosed: Promise<{ readonly code: number; readonly reason: string }>;
  send(bytes: Uint8Array | string): void;
}

export interface RawOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Another session's id in the path. */
  readonly sessionId?: string;
}

/** Resolves when the socket is open; rejects where the upgrade is refused. */
export async function rawDocument(
  origin: string,
  { sessionId, token }: { readonly sessionId: string; readonly token: string },
  { headers = {}, sessionId: other }: RawOptions = {},
): Promise<RawDocument> {
  const url = `${origin.replace('http', 'ws')}/sync/${other ?? sessionId}?token=${encodeURIComponent(token)}`;
  const ws = new WebSocket(url, { headers });
  const frames: Buffer[] = [];
  let end: { code: number; reason: string } | null = null;
  ws.on('message', (data: Buffer) => frames.push(data));
  const whenClosed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => {
      end = { code, reason: reason.toString() };
      resolve(end);
    });
  });
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', reject);
  });
  ws.on('error', () => {});
  return { ws, frames, closed: () => end, whenClosed, send: (bytes) => ws.send(bytes) };
}

const frame = (...write: readonly ((encoder: encoding.Encoder) => void)[]): Uint8Array =>
  encoding.encode((encoder) => {
    for (const one of write) one(encoder);
  });
const uint = (value: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, value);
const bytes = (value: Uint8Array) => (encoder: encoding.Encoder) =>
  encoding.writeVarUint8Array(encoder, value);

export const updateFrame = (update: Uint8Array): Uint8Array => frame(uint(0), uint(2), bytes(update));
export const step1Frame = (vector: Uint8Array): Uint8Array => frame(uint(0), uint(0), bytes(vector));
export const queryFrame: Uint8Array = frame(uint(3));

export function awarenessFrame(
  ...entries: readonly [clientId: number, clock: number, state: unknown][]
): Uint8Array {
  const inner = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const [clientId, clock, state] of entries) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, JSON.stringify(state));
    }
  });
  return frame(uint(1), bytes(inner));
}

/** One update that writes words at the end of a turn's text, on top of what a document has. */
export function wordsFor(turn: string, words: string, clientId: number, on?: Y.Doc): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  if (on) Y.applyUpdate(doc, Y.encodeStateAsUpdate(on));
  const before = Y.encodeStateVector(doc);
  const text = doc.getText(`turn:${turn}`);
  text.insert(text.length, words);
  return Y.encodeStateAsUpdate(doc, before);
}
