import { createHash, randomBytes } from 'node:crypto';
import { type Logger as Pino, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * What may be logged: a named happening with counts, codes and a hash of the session's id, and nothing else. No
 * word, name, token or address has a field, so none can get in by mistake.
 */
export interface LogFields {
  readonly session?: string;
  readonly code?: string;
  readonly count?: number;
  readonly ms?: number;
}

export interface Log {
  info(happening: string, fields?: LogFields): void;
  warn(happening: string, fields?: LogFields): void;
  /** A bug or a failing disk. Of an error only its class and where it was thrown is kept, since a message may quote. */
  error(happening: string, cause?: unknown, fields?: LogFields): void;
}

export function createLog(level: Config['logLevel'], sink: Pino = pino({ level, base: null })): Log {
  const salt = randomBytes(16).toString('hex');
  const shown = ({ session, code, count, ms }: LogFields = {}) => ({
    ...(session === undefined ? {} : { session: shortHash(salt, session) }),
    ...(code === undefined ? {} : { code }),
    ...(count === undefined ? {} : { count }),
    ...(ms === undefined ? {} : { ms }),
  });
  return {
    info: (happening, fields) => sink.info(shown(fields), happening),
    warn: (happening, fields) => sink.warn(shown(fields), happening),
    error: (happening, cause, fields) => sink.error({ ...shown(fields), ...traceOf(cause) }, happening),
  };
}

/** Enough to tell two sessions apart in one run's log, too little to find one again. */
const shortHash = (salt: string, id: string): string =>
  createHash('sha256')
    .update(salt + id)
    .digest('hex')
    .slice(0, 8);

function traceOf(cause: unknown): { error?: string; at?: readonly string[] } {
  if (!(cause instanceof Error)) return {};
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: cause.name, at: frames.slice(0, 8).map((line) => line.trim()) };
}
