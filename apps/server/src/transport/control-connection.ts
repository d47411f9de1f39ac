import { refusal, type Seat, type SessionId } from '@mend/core';
import type { CommandAck } from '@mend/protocol';
import type { Log } from '../log.ts';
import type { Admissions, Admitted } from '../seats/admissions.ts';
import type { Clock } from '../session/clock.ts';
import type { Directory } from '../session/directory.ts';
import type { ControlPeer } from '../session/peers.ts';
import { createBucket, unlimited } from './bucket.ts';

/** What a command channel needs of the socket under it. */
export interface ControlWire extends Omit<ControlPeer, 'seat'> {
  readonly isOpen: boolean;
  /** Ends it as a network does: the client comes back by itself. */
  cut(): void;
  /** Ends it for good: the client does not come back. */
  end(): void;
}

/** What the socket tells of itself. */
export interface ControlConnection {
  /** A command as it came in, and what its answer goes to, if that is a function. */
  command(raw: unknown, ack: unknown): void;
  gone(): void;
}

/** Somebody who was let in, and the key it was with: a lost session is asked for again. */
export interface ControlEntry {
  readonly token: string;
  readonly admitted: Admitted;
}

export interface ControlConnections {
  /** Null where there is no such seat; a session that cannot be had now may be had later. */
  admit(token: string | null): Promise<ControlEntry | 'unavailable' | null>;
  open(wire: ControlWire, entry: ControlEntry): ControlConnection;
}

export interface ControlConnectionDeps {
  readonly admissions: Admissions;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: boolean;
}

/** How soon a lost session is asked for again. */
const AGAIN_MS = 250;
/** How many command channels one seat may have open at once. */
const MOST_SOCKETS = 6;

/** One open channel. Its seat stays; the actor behind it is another one after its session was loaded again. */
interface Channel {
  readonly wire: ControlWire;
  readonly peer: ControlPeer;
  readonly token: string;
  admitted: Admitted;
}

/** The command channels, without their sockets: commands with acks, views, saved marks and notices. */
export function createControlConnections(deps: ControlConnectionDeps): ControlConnections {
  const rooms = new Map<SessionId, Set<Channel>>();

  function attach(channel: Channel): void {
    const { actor } = channel.admitted;
    if (actor.over) {
      again(channel);
      return;
    }
    try {
      actor.attachControl(channel.peer);
    } catch (cause) {
      deps.log.error('a view could not be made', cause, { session: actor.id });
      channel.wire.cut();
    }
  }

  /** The session's log was lost in memory: it is loaded again, and the same people go on. */
  function again(channel: Channel): void {
    const { wire, token } = channel;
    deps.clock.after(AGAIN_MS, () => {
      if (!wire.isOpen) return;
      deps.admissions
        .admit(token)
        .then((admitted) => {
          if (!wire.isOpen) return;
          if (admitted.ok) {
            channel.admitted = admitted.value;
            attach(channel);
          } else if (admitted.error === 'no-such-seat') wire.end();
          else again(channel);
        })
        .catch((cause: unknown) => {
          deps.log.error('a session could not be taken up again', cause);
          wire.cut();
        });
    });
  }

  deps.directory.onDismissed((id) => {
    for (const channel of rooms.get(id) ?? []) again(channel);
  });

  return {
    async admit(token) {
      if (token === null) return null;
      const admitted = await deps.admissions.admit(token);
      if (admitted.ok) return { token, admitted: admitted.value };
      return admitted.error === 'no-such-seat' ? null : 'unavailable';
    },

    open(wire, { token, admitted }) {
      const { actor, seat } = admitted;
      const room = rooms.get(actor.id) ?? new Set();
      const own = [...room].filter((other) => other.admitted.seat === seat);
      if (deps.limits && own.length >= MOST_SOCKETS) own[0]?.wire.end();
      const channel: Channel = { wire, peer: peerOf(wire, seat), token, admitted };
      rooms.set(actor.id, room.add(channel));
      attach(channel);
      return {
        command: commandHandler(channel, deps),
        gone() {
          channel.admitted.actor.detachControl(channel.peer);
          room.delete(channel);
          if (room.size === 0 && rooms.get(actor.id) === room) rooms.delete(actor.id);
        },
      };
    },
  };
}

const peerOf = (wire: ControlWire, seat: Seat): ControlPeer => ({
  seat,
  ...(wire.seen === undefined ? {} : { seen: wire.seen }),
  view: (view) => wire.view(view),
  saved: (clientId, clock) => wire.saved(clientId, clock),
  notice: (body) => wire.notice(body),
});

function commandHandler(channel: Channel, { clock, log, limits }: ControlConnectionDeps) {
  const bucket = limits ? createBucket(60, 15, clock.now) : unlimited;
  return (raw: unknown, ack: unknown) => {
    const answer = (outcome: CommandAck) => {
      if (typeof ack === 'function') ack(outcome);
    };
    const refuse = (code: 'too-fast' | 'cannot-write') => {
      const { message } = refusal(code);
      answer({ ok: false, error: { code, message } });
    };
    const { actor, seat } = channel.admitted;
    if (!bucket.take()) return refuse('too-fast');
    if (actor.over) return refuse('cannot-write');
    try {
      actor.command(seat, raw).then(answer, (cause: unknown) => failed(cause));
    } catch (cause) {
      failed(cause);
    }
    function failed(cause: unknown): void {
      log.error('a command failed', cause, { session: actor.id });
      refuse('cannot-write');
    }
  };
}
