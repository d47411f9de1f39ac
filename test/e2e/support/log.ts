import { type Fact, readStored, sessionId } from '@mend/core';
import { openEncryptedStore } from '@mend/server/keys';

/** The facts of a session, read from the store of a server that has ended. */
export async function factsOf(store: string, id: string): Promise<readonly Fact[]> {
  const opened = await openEncryptedStore(store, { keyFile: null });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const read = await opened.value.read(sessionId(id), 1, 10_000);
  await opened.value.close();
  if (!read.ok) throw new Error(read.error);
  const entries = read.value.map(readStored);
  return entries.flatMap((entry) => (entry.kind === 'event' ? [entry.fact] : []));
}

/** Who acted, in order: whoever had a turn of an exercise, or answered alone. */
export function actingSeats(facts: readonly Fact[]): readonly string[] {
  let asks = 0;
  return facts.flatMap((fact) => {
    if (fact.type === 'moment-opened') asks = fact.asks.length;
    if (fact.type === 'turn-opened' && fact.moment !== null) return [fact.seat];
    return fact.type === 'answer-given' && asks === 1 ? [fact.seat] : [];
  });
}
