import type { Millis } from '../ids.ts';
import type { Fact } from './events/index.ts';
import { evolveFact } from './evolve.ts';
import type { Session } from './state.ts';

/** Facts being put together, with the state they would lead to, so that each is decided on what the last one made. */
export interface Proposal {
  readonly at: Millis;
  readonly facts: readonly Fact[];
  session(): Session;
  add(fact: Fact): void;
}

export function propose(session: Session, at: Millis): Proposal {
  const facts: Fact[] = [];
  let ahead = session;
  return {
    at,
    facts,
    session: () => ahead,
    add(fact) {
      ahead = evolveFact(ahead, fact, at);
      facts.push(fact);
    },
  };
}
