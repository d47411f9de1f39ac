import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SessionId, type StoredEntry, verify } from '@mend/core';
import { lookInto } from '@mend/server/keys';
import { sha256 } from '@mend/server/session';
import { digestOf, type LivedIn, STORE } from './lived-in-store.ts';

/**
 * What becomes of a session when damaged files are opened, read and verified. `refused`: said aloud, by the store or
 * by the proof. `known`: a log that verifies, and was answered for at some time. `changed`: a log that verifies and
 * never was.
 */
export type Found =
  | { readonly is: 'refused' }
  | { readonly is: 'known'; readonly digest: string; readonly isAnchored: boolean }
  | { readonly is: 'changed'; readonly what: string };

export interface Examiner {
  /** By session, in the order in which they were begun. */
  examine(files: ReadonlyMap<string, Buffer>): readonly Found[];
  /** Where a store lies that was put there for an examination, and stays until the next one. */
  put(files: ReadonlyMap<string, Buffer>): string;
}

/** Holds stores against what another one had answered for. `folder` is used for each of them in turn. */
export function examinerOf({ answered }: LivedIn, folder: string): Examiner {
  const last = answered.at(-1)?.logs ?? new Map<SessionId, readonly StoredEntry[]>();
  const sessions = [...last.keys()];
  // A session that is not there at all is a log without entries, as all of them once were.
  const logsOf = (id: SessionId) => [[], ...answered.map(({ logs }) => logs.get(id) ?? [])];
  const known = new Map(sessions.map((id) => [id, new Set(logsOf(id).map(digestOf))]));
  const anchors = new Map([...last].map(([id, entries]) => [id, anchorOf(id, entries)]));
  /** Logs are few and cases are many, and a proof is a pure function of both of these. */
  const proofs = new Map<string, { readonly isProven: boolean; readonly isAnchored: boolean }>();

  function prove(id: SessionId, head: number, entries: readonly StoredEntry[], digest: string) {
    const key = `${id} ${head} ${digest}`;
    const before = proofs.get(key);
    if (before) return before;
    const anchor = anchors.get(id);
    const proof = {
      isProven: verify(id, entries, { sha256, head }).ok,
      isAnchored: verify(id, entries, { sha256, head, ...(anchor && { anchor }) }).ok,
    };
    proofs.set(key, proof);
    return proof;
  }

  function find(id: SessionId, head: number, entries: readonly StoredEntry[]): Found {
    const digest = digestOf(entries);
    const { isProven, isAnchored } = prove(id, head, entries, digest);
    if (!isProven) return { is: 'refused' };
    if (known.get(id)?.has(digest)) return { is: 'known', digest, isAnchored };
    return { is: 'changed', what: `${entries.length} entries of ${id}, of which none broke a rule` };
  }

  function put(files: ReadonlyMap<string, Buffer>): string {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes, { mode: 0o600 });
    return join(folder, STORE);
  }

  return {
    put,
    examine(files) {
      const look = lookInto(put(files));
      if (!look.ok) return sessions.map(() => ({ is: 'refused' }));
      try {
        const rows = look.value.list();
        return sessions.map((id) => {
          const row = rows.ok ? rows.value.find(({ session }) => session === id) : undefined;
          const entries = look.value.read(id);
          if (!rows.ok || !entries.ok) return { is: 'refused' };
          return find(id, row?.head ?? 0, entries.value);
        });
      } finally {
        look.value.close();
      }
    },
  };
}

/** What `verify` says of the last entry, kept elsewhere. */
export function anchorOf(id: SessionId, entries: readonly StoredEntry[]) {
  const proven = verify(id, entries, { sha256 });
  if (!proven.ok) throw new Error(`entry ${proven.error.seq}: ${proven.error.code}`);
  return { seq: proven.value.head, link: proven.value.link };
}
