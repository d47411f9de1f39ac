import { ByteReader, encoded, type Seat } from '@mend/core';
import { AUTH_DENIED, MESSAGE, SYNC } from '@mend/protocol';
import * as encoding from 'lib0/encoding';

/** The y-websocket frames: read strictly, one spelling only; written as stock clients expect them. */

export type Frame =
  | { readonly is: 'step1'; readonly vector: Uint8Array }
  | { readonly is: 'update'; readonly update: Uint8Array }
  | { readonly is: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly is: 'query-awareness' };

export interface AwarenessEntry {
  readonly clientId: number;
  readonly clock: number;
  /** Whether it says that the client is there; what else it says is dropped. */
  readonly here: boolean;
}

const MOST_AWARENESS_BYTES = 2_048;
const MOST_AWARENESS_ENTRIES = 64;
const MOST_VECTOR_CLIENTS = 4_096;
const HIGHEST_CLOCK = 2 ** 31;
const HIGHEST_CLIENT = 2 ** 53;

/** Null for anything that is not the protocol. Step 2 and update are one thing: they go through the same door. */
export function readFrame(bytes: Uint8Array): Frame | null {
  const reader = new ByteReader(bytes);
  switch (readUint(reader)) {
    case MESSAGE.sync:
      return readSync(reader, bytes);
    case MESSAGE.awareness:
      return readAwareness(payload(reader, bytes));
    case MESSAGE.queryAwareness:
      return reader.left === 0 ? { is: 'query-awareness' } : null;
    default:
      return null;
  }
}

function readUint(reader: ByteReader): number | null {
  const value = reader.uint();
  return reader.fault ? null : value;
}

function readSync(reader: ByteReader, bytes: Uint8Array): Frame | null {
  const step = readUint(reader);
  const body = payload(reader, bytes);
  if (!body) return null;
  switch (step) {
    case SYNC.step1:
      return isStateVector(body) ? { is: 'step1', vector: body } : null;
    case SYNC.step2:
    case SYNC.update:
      return { is: 'update', update: body };
    default:
      return null;
  }
}

/** The rest of a frame as one length and exactly so many bytes. */
function payload(reader: ByteReader, bytes: Uint8Array): Uint8Array | null {
  const length = reader.count(1);
  if (reader.fault || reader.left !== length) return null;
  return bytes.subarray(reader.at, reader.at + length);
}

function isStateVector(bytes: Uint8Array): boolean {
  const reader = new ByteReader(bytes);
  const count = reader.count(2);
  if (count > MOST_VECTOR_CLIENTS) return false;
  for (let i = 0; i < count; i++) {
    reader.uint();
    reader.uint();
  }
  return reader.fault === null && reader.left === 0;
}

function readAwareness(bytes: Uint8Array | null): Frame | null {
  if (!bytes || bytes.length > MOST_AWARENESS_BYTES) return null;
  const reader = new ByteReader(bytes);
  const count = reader.count(3);
  if (count > MOST_AWARENESS_ENTRIES) return null;
  const entries: AwarenessEntry[] = [];
  for (let i = 0; i < count; i++) {
    const clientId = reader.uint();
    const clock = reader.uint();
    const state = reader.text();
    if (clock >= HIGHEST_CLOCK || clientId >= HIGHEST_CLIENT || !isJson(state)) return null;
    entries.push({ clientId, clock, here: state !== 'null' });
  }
  return reader.fault === null && reader.left === 0 ? { is: 'awareness', entries } : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const step1Frame = (vector: Uint8Array): Uint8Array => syncFrame(SYNC.step1, vector);
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(SYNC.step2, update);
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(SYNC.update, update);

function syncFrame(step: number, body: Uint8Array): Uint8Array {
  return encoded((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });
}

export interface Present {
  readonly clientId: number;
  readonly clock: number;
  /** Null says that the client is gone. */
  readonly user: { readonly seat: Seat; readonly name: string } | null;
}

export function awarenessFrame(present: readonly Present[]): Uint8Array {
  return encoded((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(
      encoder,
      encoded((inner) => {
        encoding.writeVarUint(inner, present.length);
        for (const { clientId, clock, user } of present) {
          encoding.writeVarUint(inner, clientId);
          encoding.writeVarUint(inner, clock);
          encoding.writeVarString(inner, JSON.stringify(user && { user }));
        }
      }),
    );
  });
}

/** The auth message: permission denied, and why. */
export function deniedFrame(reason: string): Uint8Array {
  return encoded((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.auth);
    encoding.writeVarUint(encoder, AUTH_DENIED);
    encoding.writeVarString(encoder, reason);
  });
}
