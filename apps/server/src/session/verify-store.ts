import { type BrokenEntry, err, LOG_FAULTS, ok, type Result, type SessionId, verify } from '@mend/core';
import type { LogStore, ReadFault, SessionRow, StoredEntry } from '../store/log-store.ts';
import { sha256 } from './chain-writer.ts';

/** A session to look at, and what is known of it from elsewhere: a link that was noted when it was looked at before. */
export interface Wanted {
  readonly session: SessionId;
  readonly anchor: { readonly seq: number; readonly link: Uint8Array } | null;
}

/** What is said of one session: never a word of it. */
export interface Finding {
  readonly isWhole: boolean;
  readonly line: string;
}

const PAGE = 500;

/** Proves the logs of a store, one after the other: those that are wanted, or all. Changes nothing. */
export async function* verifyStore(
  store: LogStore,
  wanted: readonly Wanted[] | null,
): AsyncGenerator<Finding> {
  if (wanted === null) {
    yield* verifyAll(store);
    return;
  }
  for (const one of wanted) {
    const row = await store.get(one.session);
    if (!row.ok) yield wrong(one.session, `cannot be read (${row.error})`);
    else if (!row.value) yield wrong(one.session, 'is not in this store');
    else yield await verifyOne(store, row.value, one.anchor);
  }
}

async function* verifyAll(store: LogStore): AsyncGenerator<Finding> {
  let after: SessionId | undefined;
  for (;;) {
    const page = await store.list(after === undefined ? { limit: PAGE } : { after, limit: PAGE });
    if (!page.ok) {
      yield { isWhole: false, line: `The sessions cannot be listed (${page.error}).` };
      return;
    }
    for (const row of page.value) yield await verifyOne(store, row, null);
    after = page.value.at(-1)?.session;
    if (page.value.length < PAGE) return;
  }
}

async function verifyOne(store: LogStore, row: SessionRow, anchor: Wanted['anchor']): Promise<Finding> {
  const { session, head } = row;
  const read = await readAll(store, session);
  const known = { sha256, ...(anchor && { anchor }) };
  if (!read.ok) {
    const { entries, fault } = read.error;
    const before = verify(session, entries, { sha256 });
    if (!before.ok && before.error.code !== 'hole') return broken(session, before.error);
    return wrong(session, `cannot be read after entry ${entries.at(-1)?.seq ?? 0} (${fault})`);
  }
  const proven = verify(session, read.value, { ...known, head });
  if (!proven.ok) return broken(session, proven.error);
  const { link, turns, anchored } = proven.value;
  const place = `${head}:${Buffer.from(link).toString('hex')}`;
  const replaced = anchor && !anchored ? '  (what stood at the anchor has been replaced by a snapshot)' : '';
  return {
    isWhole: true,
    line: `${session}  ok  ${turns} ${turns === 1 ? 'turn' : 'turns'}  ${place}${replaced}`,
  };
}

const wrong = (session: SessionId, what: string): Finding => ({
  isWhole: false,
  line: `${session}  ${what}`,
});
const broken = (session: SessionId, { seq, code }: BrokenEntry): Finding =>
  wrong(session, `BROKEN at entry ${seq} (${code}): ${LOG_FAULTS[code]}`);

/** All entries; where some cannot be read, those before them. */
async function readAll(
  store: LogStore,
  session: SessionId,
): Promise<
  Result<readonly StoredEntry[], { readonly entries: readonly StoredEntry[]; readonly fault: ReadFault }>
> {
  const entries: StoredEntry[] = [];
  for (let limit = PAGE; ; ) {
    const page = await store.read(session, (entries.at(-1)?.seq ?? 0) + 1, limit);
    if (page.ok) entries.push(...page.value);
    else if (limit === 1) return err({ entries, fault: page.error });
    // One by one up to the entry that it is.
    if (!page.ok) limit = 1;
    else if (page.value.length < limit) return ok(entries);
  }
}
