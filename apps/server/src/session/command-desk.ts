import { createHash } from 'node:crypto';
import {
  decide,
  doneBefore,
  type Fact,
  floorHolder,
  type Notice,
  type ParsedCommand,
  parseCommand,
  type Refusal,
  refusal,
  type Seat,
  type Session,
  type Shelf,
  type Situation,
} from '@mend/core';
import type { CommandAck } from '@mend/protocol';
import type { Clock } from './clock.ts';
import type { Passing } from './write-point.ts';

/** How long a turn's end waits for words that are still on their way. */
export const WORDS_MS = 2_000;
/** How many ids of commands that left no trace in the log are remembered. */
const MOST_REMEMBERED = 1_000;

export interface DeskDeps {
  readonly clock: Clock;
  readonly shelf: Shelf;
  session(): Session;
  commit(facts: readonly Fact[], command: string | null): void;
  whenDurable(send: () => void, drop: () => void): void;
  say(notice: Notice): void;
  readonly passing: Passing;
}

/** Takes commands in, one after the other, and answers each once its effect is durable. */
export interface CommandDesk {
  handle(seat: Seat, raw: unknown): Promise<CommandAck>;
  /** The log has grown: what waits for it looks again. */
  changed(): void;
  dropAll(): void;
}

/**
 * What the log keeps of a command's id: two seats that use one id never meet, and nobody can read from the log who
 * gave a command (such as a pause), since an id is as hard to guess as a key.
 */
const commandKey = (seat: Seat, id: string): string =>
  createHash('sha256').update(`mend command ${seat} ${id}`).digest('base64url').slice(0, 22);

const refused = ({ code, message }: Refusal): CommandAck => ({ ok: false, error: { code, message } });

export function createCommandDesk(deps: DeskDeps): CommandDesk {
  /** Commands that look again whenever the log has grown. */
  const waiting = new Set<() => void>();
  const remembered = new Map<string, Promise<CommandAck>>();
  const lost = new Set<() => void>();

  const situationOf = (seat: Seat): Situation => ({
    session: deps.session(),
    seat,
    at: deps.clock.now(),
    shelf: deps.shelf,
  });

  function acknowledged(seat: Seat, answer: (ack: CommandAck) => void): void {
    const v = deps.session().seen[seat];
    deps.whenDurable(
      () => {
        deps.passing('views-sent');
        answer({ ok: true, v });
        deps.passing('acknowledged');
      },
      () => answer(refused(refusal('cannot-write'))),
    );
  }

  /** Waits until `look` says so, until `patience` is over, or until the log is lost. */
  function wait(look: () => boolean, patience: number, end: (why: 'impatient' | 'lost') => void): void {
    let isOver = false;
    const done = () => {
      isOver = true;
      waiting.delete(again);
      lost.delete(drop);
      callOff();
    };
    const again = () => {
      // Out of the list while it looks: what it commits makes the list be gone through again.
      waiting.delete(again);
      if (look()) done();
      else if (!isOver) waiting.add(again);
    };
    const drop = () => {
      done();
      end('lost');
    };
    const callOff = deps.clock.after(patience, () => {
      done();
      end('impatient');
    });
    waiting.add(again);
    lost.add(drop);
  }

  /** True once the command has its answer; false while it waits for words that are on their way. */
  function attempt(
    seat: Seat,
    command: ParsedCommand,
    key: string | null,
    answer: (ack: CommandAck) => void,
  ): boolean {
    const decision = decide(situationOf(seat), command);
    deps.passing('command-judged');
    if (!decision.ok) {
      if (decision.error.code === 'words-missing') return false;
      answer(refused(decision.error));
      return true;
    }
    const { facts, notices } = decision.value;
    if (facts.length > 0) deps.commit(facts, key);
    for (const notice of notices) deps.say(notice);
    if (facts.some((fact) => fact.type === 'turn-closing')) whenClosed(seat, answer);
    else acknowledged(seat, answer);
    return true;
  }

  /** What ends an open turn is answered when the last words are in and what follows has come. */
  function whenClosed(seat: Seat, answer: (ack: CommandAck) => void): void {
    const closed = () => {
      const { phase } = deps.session();
      if (phase.is === 'live' && phase.floor.is === 'closing') return false;
      acknowledged(seat, answer);
      return true;
    };
    wait(closed, 3 * WORDS_MS, (why) => {
      // That the turn is closing may be in the log all the same, and then what follows comes when it is read again.
      // No view shows it yet: whoever asks once more with the same id is told then.
      if (why === 'lost') answer(refused(refusal('cannot-write')));
      else acknowledged(seat, answer);
    });
  }

  function run(seat: Seat, command: ParsedCommand, key: string | null): Promise<CommandAck> {
    const turn = floorHolder(deps.session())?.id;
    return new Promise((answer) => {
      if (attempt(seat, command, key, answer)) return;
      const again = () => {
        const held = floorHolder(deps.session());
        if (held?.seat !== seat || held.id === turn) return attempt(seat, command, key, answer);
        // It was said of the turn that was open then, and must not end the one that came after it.
        answer(refused(refusal('turn-over')));
        return true;
      };
      wait(again, WORDS_MS, (why) =>
        answer(refused(refusal(why === 'lost' ? 'cannot-write' : 'words-missing'))),
      );
    });
  }

  return {
    handle(seat, raw) {
      const parsed = parseCommand(raw);
      if (!parsed.ok) return Promise.resolve(refused(parsed.error));
      const { id } = parsed.value;
      const key = id === null ? null : commandKey(seat, id);
      const before = doneBefore(situationOf(seat), key);
      if (before !== null) {
        return new Promise((answer) => {
          deps.whenDurable(
            () => answer({ ok: true, v: before }),
            () => answer(refused(refusal('cannot-write'))),
          );
        });
      }
      if (key === null) return run(seat, parsed.value, null);
      const under = remembered.get(key);
      if (under !== undefined) return under;
      const running = run(seat, parsed.value, key);
      remembered.set(key, running);
      if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
      // A refusal had no effect: sent again, it is judged again.
      void running.then((ack) => {
        if (!ack.ok) remembered.delete(key);
      });
      return running;
    },
    changed() {
      // One that has had its answer while another looked must not act twice.
      for (const look of [...waiting]) if (waiting.has(look)) look();
    },
    dropAll() {
      for (const drop of [...lost]) drop();
    },
  };
}
