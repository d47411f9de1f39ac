/** The server as `measured-server.ts` starts it: apart, watched from inside, told what to do by messages. */
import { EXERCISES } from '@mend/exercises';
import { createServer } from '@mend/server';
import { systemClock } from '@mend/server/session';
import { createMemoryLogStore, openStore } from '@mend/server/store';
import { manualClock } from './manual-clock.ts';
import type { Ask, Measures } from './measured-server.ts';

/** How long the loop may stand still, and how often that is looked at, in milliseconds. */
const LONGEST = 100;
const TICK = 10;

const [url = '', time = ''] = process.argv.slice(2);
const manual = time === 'manual' ? manualClock() : null;
const opened = url === 'memory:' ? null : await openStore(url);
if (opened && !opened.ok) throw new Error(opened.error.sentence);
let faults = 0;
const server = await createServer({
  store: opened?.value ?? createMemoryLogStore(),
  exercises: EXERCISES,
  log: {
    info() {},
    warn() {},
    error() {
      faults += 1;
    },
  },
  host: '127.0.0.1',
  port: 0,
  limits: false,
  clock: manual ?? systemClock,
});

let stalls = 0;
let longest = 0;
let before = performance.now();
let worked = process.threadCpuUsage();
// A machine that is busy keeps the loop waiting, too: only what this thread has worked itself counts.
const watch = setInterval(() => {
  const now = performance.now();
  const { user, system } = process.threadCpuUsage(worked);
  const busy = Math.min(now - before, (user + system) / 1_000);
  longest = Math.max(longest, busy);
  if (busy > LONGEST) stalls += 1;
  before = now;
  worked = process.threadCpuUsage();
}, TICK);

function measures(): Measures {
  globalThis.gc?.();
  const open = process.getActiveResourcesInfo();
  const { heapUsed, external } = process.memoryUsage();
  return {
    stalls,
    longest: Math.round(longest),
    faults,
    bytes: heapUsed + external,
    sockets: open.filter((one) => one === 'TCPSocketWrap').length,
    timers: open.filter((one) => one === 'Timeout').length,
  };
}

process.on('message', (ask: Ask) => {
  if (ask.do === 'advance') manual?.advance(ask.ms);
  if (ask.do === 'end') {
    clearInterval(watch);
    const ended = server.close();
    manual?.advance(10_000);
    void ended.then(() => process.exit(0));
    return;
  }
  process.send?.(measures());
});
process.on('disconnect', () => process.exit(1));
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, () => process.exit(1));
process.send?.(server.port);
