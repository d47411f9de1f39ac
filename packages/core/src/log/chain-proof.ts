import type { SessionId } from '../ids.ts';
import {
  bridged,
  bridgesFor,
  type Chain,
  emptyChain,
  grown,
  linkAfter,
  NO_LINK,
  type Sha256,
} from './chain.ts';
import type { EntryKind } from './codec.ts';
import { type Bridge, type Envelope, readEnvelope, replacesOthers, type StoredEntry } from './envelope.ts';
import type { LogFault } from './faults.ts';

/** An entry, by its seq, and what is wrong with it. */
export interface BrokenEntry {
  readonly seq: number;
  readonly code: LogFault;
}

/** Walks along a log and proves that each entry is on the chain. */
export interface ChainProof {
  readonly chain: () => Chain;
  /** The fault is mostly of this entry; of a later one where that bridged the hole in front of it falsely. */
  take(stored: StoredEntry): BrokenEntry | null;
}

/** `entries`: the whole log, since a hole is bridged by what comes after it. */
export function proveChain(session: SessionId, entries: readonly StoredEntry[], sha256: Sha256): ChainProof {
  const carriers = carriersIn(entries);
  let chain = emptyChain(session);

  function follows({ seq, at, kind }: StoredEntry, { link, salt, committed }: Envelope): boolean {
    return sameBytes(link, linkAfter(chain, { seq, at, kind }, salt, committed, sha256));
  }

  /** Whether the one that bridges a hole is itself on the chain, as far as its neighbour is. */
  function isSound({ stored, envelope, before, event }: Carrier): boolean {
    const own = envelope.bridges.find(({ to }) => to === stored.seq - 1);
    const link = before?.seq === stored.seq - 1 ? before.link : own?.link;
    if (!link) return false;
    const place = { domain: chain.domain, link, event };
    return sameBytes(envelope.link, linkAfter(place, stored, envelope.salt, envelope.committed, sha256));
  }

  /** A hole that nothing bridges: the next entry that should have bridged it may be what was changed. */
  function falseBridge(seq: number): BrokenEntry | null {
    const next = entries.find((one) => one.seq > seq && replacesOthers(one.kind));
    if (!next) return null;
    const carrier = carriers.find(({ stored }) => stored === next);
    if (!carrier) return { seq: next.seq, code: 'unreadable' };
    return isSound(carrier) ? null : { seq: next.seq, code: 'link' };
  }

  return {
    chain: () => chain,
    take(stored) {
      const { seq, at, kind } = stored;
      const broken = (code: LogFault): BrokenEntry => ({ seq, code });
      if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(at)) return broken('unreadable');
      if (seq <= chain.head) return broken('order');
      const envelope = envelopeOf(stored);
      if (!envelope) return broken('unreadable');
      const carrier = seq === chain.head + 1 ? null : bridgeOver(carriers, chain.head + 1, seq - 1);
      if (seq !== chain.head + 1) {
        if (!carrier) return falseBridge(seq) ?? broken('hole');
        chain = bridged(chain, carrier.bridge);
      }
      if (!follows(stored, envelope)) {
        const blame = carrier && carrier.stored.seq !== seq && !isSound(carrier) ? carrier.stored.seq : seq;
        return { seq: blame, code: 'link' };
      }
      if (!sameBridges(envelope.bridges, bridgesFor(chain, kind))) return broken('bridge');
      chain = grown(chain, seq, kind, envelope.link, envelope.bridges);
      return null;
    },
  };
}

interface Carrier {
  readonly stored: StoredEntry;
  readonly envelope: Envelope;
  /** The entry that stands in front of it in the store. */
  readonly before: { readonly seq: number; readonly link: Uint8Array } | null;
  /** The link of the last event in front of it. */
  readonly event: Uint8Array;
}

/** The entries that bridge holes. What cannot be read is left out, and found when its turn comes. */
function carriersIn(entries: readonly StoredEntry[]): readonly Carrier[] {
  const carriers: Carrier[] = [];
  let before: Carrier['before'] = null;
  let event = NO_LINK;
  for (const stored of entries) {
    const envelope = envelopeOf(stored);
    if (envelope && replacesOthers(stored.kind)) carriers.push({ stored, envelope, before, event });
    before = envelope && { seq: stored.seq, link: envelope.link };
    if (envelope && isEvent(stored.kind)) event = envelope.link;
  }
  return carriers;
}

const isEvent = (kind: EntryKind): boolean => kind === 'event' || kind === 'remains';

function bridgeOver(
  carriers: readonly Carrier[],
  from: number,
  to: number,
): (Carrier & { readonly bridge: Bridge }) | null {
  for (const carrier of carriers) {
    const bridge = carrier.envelope.bridges.find((one) => one.from === from && one.to === to);
    if (bridge && carrier.stored.seq > to) return { ...carrier, bridge };
  }
  return null;
}

function envelopeOf({ kind, body }: StoredEntry): Envelope | null {
  try {
    return readEnvelope(kind, body);
  } catch {
    return null;
  }
}

const sameBridges = (some: readonly Bridge[], others: readonly Bridge[]): boolean =>
  some.length === others.length &&
  some.every(({ from, to, link }, index) => {
    const other = others[index];
    return other?.from === from && other.to === to && sameBytes(other.link, link);
  });

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
