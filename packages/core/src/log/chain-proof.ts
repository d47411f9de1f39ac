import type { SessionId } from '../ids.ts';
import { bridged, bridgesFor, type Chain, emptyChain, grown, linkAfter, type Sha256 } from './chain.ts';
import { type Bridge, type Envelope, readEnvelope, replacesOthers, type StoredEntry } from './envelope.ts';
import type { LogFault } from './faults.ts';

/** Walks along a log and proves that each entry is on the chain. */
export interface ChainProof {
  readonly chain: () => Chain;
  take(stored: StoredEntry): LogFault | null;
}

/**
 * `entries`: the whole log, since a hole is bridged by what comes after it. A false bridge shows at the first entry
 * behind its hole.
 */
export function proveChain(session: SessionId, entries: readonly StoredEntry[], sha256: Sha256): ChainProof {
  const bridges = bridgesIn(entries);
  let chain = emptyChain(session);

  function faultOf(stored: StoredEntry): LogFault | null {
    const { seq, at, kind } = stored;
    if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(at)) return 'unreadable';
    if (seq <= chain.head) return 'order';
    const envelope = envelopeOf(stored);
    if (!envelope) return 'unreadable';
    if (seq !== chain.head + 1) {
      const bridge = bridges.get(chain.head + 1)?.find(({ to }) => to === seq - 1);
      if (!bridge) return 'hole';
      chain = bridged(chain, bridge);
    }
    const { link, salt, committed } = envelope;
    if (!sameBytes(link, linkAfter(chain, stored, salt, committed, sha256))) return 'link';
    if (!sameBridges(envelope.bridges, bridgesFor(chain, kind))) return 'bridge';
    chain = grown(chain, seq, kind, link, envelope.bridges);
    return null;
  }

  return { chain: () => chain, take: faultOf };
}

/** All bridges, by where they begin. What cannot be read is left out, and found when its turn comes. */
function bridgesIn(entries: readonly StoredEntry[]): ReadonlyMap<number, readonly Bridge[]> {
  const bridges = new Map<number, Bridge[]>();
  for (const stored of entries) {
    if (!replacesOthers(stored.kind)) continue;
    for (const bridge of envelopeOf(stored)?.bridges ?? []) {
      // One that speaks of what comes after it bridges nothing.
      if (bridge.to < stored.seq) bridges.set(bridge.from, [...(bridges.get(bridge.from) ?? []), bridge]);
    }
  }
  return bridges;
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
