import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { EXERCISES } from '@mend/exercises';
import { renderUnicodeCompact } from 'uqr';
import { type Config, readConfig } from './config.ts';
import { openEncryptedStore } from './keys/index.ts';
import { createLog } from './log.ts';
import { createServer } from './server.ts';

/** With admin.ts and verify.ts the only file that reads the process: its environment, its signals, its streams. */

const project = resolve(import.meta.dirname, '../../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function stop(sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const read = readConfig(process.env, project);
if (!read.ok) stop(read.error);
const config: Config = read.value;
const log = createLog(config.logLevel);

const opened = await openEncryptedStore(config.store, {
  keyFile: config.keyFile,
  onFailed: (detail) => {
    log.error('the disk failed, so the server ends; its log is as it was answered', undefined, {
      code: 'io',
    });
    process.stderr.write(`The store failed: ${detail}\n`);
    process.exit(1);
  },
});
if (!opened.ok) stop([opened.error.sentence]);

const server = await createServer({
  store: opened.value,
  exercises: EXERCISES,
  log,
  host: config.host,
  port: config.port,
  publicOrigin: config.origin,
  limits: config.limits,
  webFolder: join(project, 'apps/web/dist'),
}).catch(async (cause: unknown) => {
  await opened.value.close();
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return stop([`The server cannot listen on ${config.host}:${config.port} (${code}).`]);
});

say(`listening on http://${config.host}:${server.port}`);
for (const line of banner(config, server.port)) say(line);

let ending = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    // Whatever hangs must not keep us: what was answered is durable already.
    setTimeout(() => process.exit(1), 4_500).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (cause: unknown) => {
    log.error('a fault that nothing caught; the server ends and loses nothing it has answered', cause);
    process.exit(1);
  });
}

/** What a person at the console wants to know: where to go, and how to come in from a phone. */
function banner({ host, origin, limits }: Config, port: number): readonly string[] {
  const lines: string[] = [];
  if (!limits)
    lines.push('', 'MEND_LIMITS=off: NO RATE LIMITS. Only for tests and benchmarks, never for people.');
  const address = addressFor(origin, host, port);
  if (address === null) {
    lines.push('', 'Only this machine can reach it. For phones on the same network: HOST=0.0.0.0 npm start');
    return lines;
  }
  return [...lines, '', `Open it on a phone: ${address}`, '', renderUnicodeCompact(address)];
}

/** Where a phone finds this server; null where it cannot. */
function addressFor(origin: string | null, host: string, port: number): string | null {
  if (origin !== null) return isLoopback(new URL(origin).hostname) ? null : origin;
  if (isLoopback(host)) return null;
  if (host !== '0.0.0.0' && host !== '::') return `http://${host}:${port}`;
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find((one) => one.family === 'IPv4' && !one.internal);
  return own ? `http://${own.address}:${port}` : null;
}

function isLoopback(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || host.startsWith('127.');
}
