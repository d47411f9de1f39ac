import { Doc } from 'yjs';
import { millis, rootOf, type SessionId } from '../ids.ts';
import { evolve } from '../session/evolve.ts';
import { emptySession, type Session } from '../session/state.ts';
import { kindOf } from './codec.ts';
import type { Entry, EventEntry, SnapshotEntry, UpdateEntry } from './entry.ts';
import { readStored, type StoredEntry } from './envelope.ts';
import type { LogFault } from './faults.ts';
import { faultOfFact } from './laws/index.ts';
import { documentOf, faultOfSnapshot, isFoldOf } from './snapshot-proof.ts';
import { faultOfBytes, faultOfPlace } from './words-proof.ts';

/** Walks along a log and proves that each entry is one that could follow those before it. */
export interface ContentProof {
  readonly session: () => Session;
  /** `hole`: whether entries in front of it are missing. After a fault the proof is over. */
  take(stored: StoredEntry, hole: boolean): LogFault | null;
}

export function proveContent(id: SessionId): ContentProof {
  let session: Session | null = null;
  let doc = new Doc();
  /** Whether every word since the last snapshot is there. */
  let isWhole = true;
  /** The command for which a turn is closing: its id stands once more, on what follows the turn's end. */
  let closingFor: string | null = null;

  function faultOfEvent({ fact, command }: EventEntry, before: Session): LogFault | null {
    const fault = faultOfFact(fact, before);
    if (fault) return fault;
    if (command !== null && before.commands.has(command)) {
      if (command !== closingFor) return 'command';
      closingFor = null;
    }
    if (fact.type === 'turn-closing') closingFor = command;
    return null;
  }

  function faultOfWords(entry: UpdateEntry, before: Session): LogFault | null {
    // A snapshot that stands for missing words stands for these, too.
    if (!isWhole) return 'hole';
    return faultOfPlace(entry, before) ?? faultOfBytes(doc, entry);
  }

  function takeSnapshot(entry: SnapshotEntry, before: Session): LogFault | null {
    const kept = documentOf(entry, before);
    if (!kept) return 'unreadable';
    const fault = faultOfSnapshot(entry, kept, before);
    if (fault) return fault;
    if (isWhole && isClosingLate(before)) return 'snapshot-early';
    if (isWhole && !isFoldOf(entry, kept, doc, before)) return 'snapshot';
    doc = kept;
    isWhole = true;
    return null;
  }

  function faultOf(entry: Entry, before: Session): LogFault | null {
    switch (entry.kind) {
      case 'event':
        return faultOfEvent(entry, before);
      case 'update':
        return faultOfWords(entry, before);
      case 'snapshot':
        return takeSnapshot(entry, before);
    }
  }

  return {
    session: () => session ?? emptySession(id, millis(0)),
    take(stored, hole) {
      isWhole &&= !hole;
      let entry: Entry;
      try {
        entry = readStored(stored);
      } catch {
        return 'unreadable';
      }
      if (kindOf(entry) !== stored.kind) return 'unreadable';
      const before = session ?? emptySession(id, entry.at);
      try {
        const fault = faultOf(entry, before);
        if (fault) return fault;
        session = evolve(before, entry);
      } catch {
        // The fold and Yjs throw on what nobody could have decided or written.
        return 'impossible';
      }
      for (const { id: turn } of session.turns.slice(before.turns.length)) doc.getText(rootOf(turn));
      return null;
    },
  };
}

/** A snapshot would lose when the last words came, on which the end of a closing turn depends (rule S19). */
function isClosingLate({ phase }: Session): boolean {
  if (phase.is !== 'live' || phase.floor.is !== 'closing') return false;
  return phase.floor.lastWords !== phase.floor.since;
}
