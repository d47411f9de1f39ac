import { answerable } from '../../session/flow.ts';
import type { LogFault } from '../faults.ts';
import { type FactOf, firstOf, type Scene } from './scene.ts';

/** Runs of exercises, their moments and the answers to them (rules T9 to T15). Which step follows is not judged. */

type Fault = LogFault | null;

export const starting = ({ run }: FactOf<'exercise-started'>, { session, live }: Scene): Fault =>
  firstOf(
    [live.run === null && run === session.runCount + 1, 'run'],
    [live.floor.is === 'open', 'two-turns'],
    [live.over === null, 'hold'],
    [live.pause === null, 'pause'],
  );

export function openingMoment(fact: FactOf<'moment-opened'>, { session, live }: Scene): Fault {
  const asksOnce = new Set(fact.asks).size === fact.asks.length;
  return firstOf(
    [live.run !== null, 'run'],
    [live.run?.moment === null, 'moment'],
    [fact.moment === `${fact.step}-${session.momentCount + 1}`, 'moment'],
    [asksOnce && fact.asks.every((seat) => session.seats[seat] !== undefined), 'empty-seat'],
    [live.floor.is === 'open', 'two-turns'],
  );
}

export function answering({ moment, seat }: FactOf<'answer-given'>, { session, live }: Scene): Fault {
  return live.run?.moment?.id === moment && answerable(session, seat) ? null : 'not-asked';
}

export function passing(fact: FactOf<'moment-passed'>, { session, live }: Scene): Fault {
  const moment = live.run?.moment;
  const about = session.turns.some((turn) => turn.id === fact.about);
  if (!moment || moment.id !== fact.moment) return 'moment';
  const { asks, given } = moment;
  const comesToIt =
    fact.outcome === 'skipped'
      ? !fact.shows
      : asks.length === 0
        ? fact.outcome === 'written' && !fact.shows
        : given.length === asks.length && given.some(({ choice }) => choice === fact.outcome);
  // The answer of one who is asked alone is always shown.
  const shown = fact.outcome === 'skipped' || asks.length !== 1 || fact.shows;
  return firstOf(
    [live.floor.is === 'open', 'two-turns'],
    [comesToIt && shown, 'outcome'],
    [fact.about === null || about, 'outcome'],
  );
}

export function promising({ turn, seat }: FactOf<'promise-made'>, { session, live }: Scene): Fault {
  const written = session.turns.find((one) => one.id === turn);
  return firstOf(
    [live.run?.moment === null, 'run'],
    [written?.seat === seat && written.closedAt !== null, 'promise'],
  );
}

export const ending = ({ run }: FactOf<'exercise-ended'>, { live }: Scene): Fault =>
  firstOf([live.run?.id === run && live.run.moment === null, 'run']);
