import { resolve } from 'node:path';
import { readConfig } from './config.ts';
import { keyFilesOf, rotateMasterKey } from './keys/index.ts';

/** What is done to a store while no server uses it: `npm run admin -- rotate-key`. Reads the server's own settings. */

const USAGE = `npm run admin -- rotate-key   makes a new master key, and wraps every session's key anew with it`;

process.exitCode = run(process.argv.slice(2));

function run(words: readonly string[]): number {
  const read = readConfig(process.env, resolve(import.meta.dirname, '../../..'));
  if (!read.ok) return refuse(read.error);
  if (words.join(' ') !== 'rotate-key') return refuse([USAGE]);
  const files = keyFilesOf(read.value.store);
  if (files === null) return refuse(['A store in memory has no key that outlives it.']);
  const master = read.value.keyFile ?? files.master;
  const rotated = rotateMasterKey(files.keys, master);
  if (!rotated.ok) return refuse([rotated.error.sentence]);
  const { rewrapped, resumed } = rotated.value;
  const what = resumed ? 'The rotation that was interrupted is finished' : 'The master key is a new one';
  process.stdout.write(
    `${what}: ${rewrapped} keys of sessions were wrapped anew.\n` +
      `Back up ${master} now. The old one is needed for older backups of ${files.keys} alone.\n`,
  );
  return 0;
}

function refuse(sentences: readonly string[]): number {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  return 1;
}
