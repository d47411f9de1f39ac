import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encoded } from '../encoded.ts';
import { type Millis, millis, SEATS, type Seat, turnId } from '../ids.ts';
import { type Fact, factDefinition } from '../session/events/index.ts';
import type { Entry, NewEntry } from './entry.ts';

/**
 * How an entry's body is stored. Its first number is the version of the form; every form once written stays
 * readable. Reading throws `UnreadableEntry` on anything that this program did not write.
 */
const VERSION = 1;

/** How an entry is filed. An event after which nothing is kept is filed as `remains`: all before it leaves the store. */
export type EntryKind = Entry['kind'] | 'remains';

export const kindOf = (entry: NewEntry): EntryKind =>
  entry.kind === 'event' && entry.fact.type === 'session-erased' ? 'remains' : entry.kind;

export class UnreadableEntry extends Error {
  override readonly name = 'UnreadableEntry';
}

/** Throws on a fact that could not be read again: what is written once has to be readable for ever. */
export function encodeEntry(entry: NewEntry): Uint8Array {
  return encoded((encoder) => {
    encoding.writeVarUint(encoder, VERSION);
    switch (entry.kind) {
      case 'event':
        encoding.writeVarString(
          encoder,
          JSON.stringify({ fact: readFact(entry.fact), command: entry.command }),
        );
        return;
      case 'update':
        encoding.writeVarUint(encoder, SEATS.indexOf(entry.seat));
        encoding.writeVarString(encoder, entry.turn);
        encoding.writeVarUint(encoder, entry.clientId);
        encoding.writeVarUint(encoder, entry.from);
        encoding.writeVarUint(encoder, entry.to);
        encoding.writeVarUint8Array(encoder, entry.bytes);
        return;
      case 'snapshot':
        encoding.writeVarUint(encoder, entry.owners.length);
        for (const owner of entry.owners) {
          encoding.writeVarUint(encoder, owner.clientId);
          encoding.writeVarUint(encoder, SEATS.indexOf(owner.seat));
          encoding.writeVarUint(encoder, owner.clock);
        }
        encoding.writeVarUint(encoder, entry.pens.length);
        for (const pen of entry.pens) {
          encoding.writeVarString(encoder, pen.turn);
          encoding.writeVarUint(encoder, pen.clientId);
        }
        encoding.writeVarUint8Array(encoder, entry.bytes);
        return;
    }
  });
}

export function decodeEntry(kind: EntryKind, seq: number, at: number, body: Uint8Array): Entry {
  try {
    const decoder = decoding.createDecoder(body);
    const version = decoding.readVarUint(decoder);
    if (version !== VERSION) throw new Error(`form ${version} is newer than this program`);
    const entry = read(decoder, kind, seq, millis(at));
    // lib0 reads on into whatever memory lies behind the body, so a length that is too long shows here alone.
    if (decoder.pos !== body.length) throw new Error('the body ends elsewhere');
    return entry;
  } catch (cause) {
    throw new UnreadableEntry(`entry ${seq} of kind ${kind} cannot be read`, { cause });
  }
}

function read(decoder: decoding.Decoder, kind: EntryKind, seq: number, at: Millis): Entry {
  switch (kind) {
    case 'remains':
    case 'event': {
      const { fact, command }: { fact: unknown; command: unknown } = JSON.parse(
        decoding.readVarString(decoder),
      );
      if (command !== null && typeof command !== 'string') throw new Error('no id of a command');
      return { kind: 'event', seq, at, fact: readFact(fact), command };
    }
    case 'update':
      return {
        kind,
        seq,
        at,
        seat: readSeat(decoder),
        turn: turnId(decoding.readVarString(decoder)),
        clientId: decoding.readVarUint(decoder),
        from: decoding.readVarUint(decoder),
        to: decoding.readVarUint(decoder),
        bytes: decoding.readVarUint8Array(decoder),
      };
    case 'snapshot': {
      const owners = Array.from({ length: decoding.readVarUint(decoder) }, () => ({
        clientId: decoding.readVarUint(decoder),
        seat: readSeat(decoder),
        clock: decoding.readVarUint(decoder),
      }));
      const pens = Array.from({ length: decoding.readVarUint(decoder) }, () => ({
        turn: turnId(decoding.readVarString(decoder)),
        clientId: decoding.readVarUint(decoder),
      }));
      return { kind, seq, at, owners, pens, bytes: decoding.readVarUint8Array(decoder) };
    }
  }
}

function readSeat(decoder: decoding.Decoder): Seat {
  const seat = SEATS[decoding.readVarUint(decoder)];
  if (!seat) throw new Error('no such seat');
  return seat;
}

function readFact(raw: unknown): Fact {
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : null;
  const definition = factDefinition(String(type));
  if (!definition) throw new Error('no such fact');
  return definition.schema.parse(raw);
}
