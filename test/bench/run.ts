import { cpus } from 'node:os';
import { join } from './join.bench.ts';
import { memory } from './memory.bench.ts';
import { reconnect } from './reconnect.bench.ts';
import { pinSelf } from './support/target.ts';
import { highest, latency } from './typing.bench.ts';

/** `npm run bench [-- name ...]`: prints medians, each beside a floor or a peer of the same run. */

const BENCHES: ReadonlyMap<string, () => Promise<void>> = new Map([
  ['latency', latency],
  ['highest', highest],
  ['memory', memory],
  ['join', join],
  ['reconnect', reconnect],
]);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.has(name));
if (unknown.length > 0) {
  process.stderr.write(
    `there is no bench ${unknown.join(', ')}; there are ${[...BENCHES.keys()].join(', ')}\n`,
  );
  process.exit(2);
}
pinSelf();
console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
for (const [name, bench] of BENCHES) if (wanted.length === 0 || wanted.includes(name)) await bench();
process.exit(0);
