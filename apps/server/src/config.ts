import { join, resolve } from 'node:path';
import { err, ok, type Result } from '@mend/core';
import * as z from 'zod';

/** What the environment may say. `main.ts` reads it; nothing else in the server does. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The public origin behind a proxy, such as `https://mend.example`; null where the server speaks for itself. */
  readonly origin: string | null;
  readonly store: string;
  /** Where the master key of the store is; null where it lies beside it. */
  readonly keyFile: string | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly limits: boolean;
}

const empty = (value: string | undefined) =>
  value === undefined || value.trim() === '' ? undefined : value.trim();

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'is a whole number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'is a whole number from 0 to 65535')
    .default(4321),
  HOST: z.string().default('127.0.0.1'),
  MEND_ORIGIN: z
    .string()
    .refine(isOrigin, 'is an origin such as https://mend.example, with no path')
    .transform((raw) => new URL(raw).origin)
    .optional(),
  MEND_STORE: z.string().optional(),
  MEND_DATA: z.string().optional(),
  MEND_KEY_FILE: z.string().optional(),
  MEND_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  MEND_LIMITS: z.enum(['on', 'off']).default('on'),
});

/** Reads the environment. On faults: one sentence for each, all at once. */
export function readConfig(
  raw: Readonly<Record<string, string | undefined>>,
  projectFolder: string,
): Result<Config, readonly string[]> {
  const known = Object.keys(environment.shape).map((name) => [name, empty(raw[name])]);
  const read = environment.safeParse(Object.fromEntries(known));
  if (!read.success) return err(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const { PORT, HOST, MEND_ORIGIN, MEND_STORE, MEND_DATA, MEND_KEY_FILE, MEND_LOG, MEND_LIMITS } = read.data;
  const folder = resolve(projectFolder, MEND_DATA ?? 'data');
  return ok({
    port: PORT,
    host: HOST,
    origin: MEND_ORIGIN ?? null,
    store: anchored(MEND_STORE, projectFolder) ?? `sqlite:${join(folder, 'mend.db')}`,
    keyFile: MEND_KEY_FILE === undefined ? null : resolve(projectFolder, MEND_KEY_FILE),
    logLevel: MEND_LOG,
    limits: MEND_LIMITS === 'on',
  });
}

/** A relative file lies in the project, wherever the server was started from. */
function anchored(store: string | undefined, projectFolder: string): string | undefined {
  return store?.startsWith('sqlite:')
    ? `sqlite:${resolve(projectFolder, store.slice('sqlite:'.length))}`
    : store;
}

function isOrigin(raw: string): boolean {
  if (!URL.canParse(raw)) return false;
  const url = new URL(raw);
  return (
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    !url.username
  );
}
