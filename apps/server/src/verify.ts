import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { sessionId } from '@mend/core';
import { readConfig } from './config.ts';
import { openEncryptedStore } from './keys/index.ts';
import { verifyStore, type Wanted } from './session/verify-store.ts';

/**
 * `npm run verify`: proves the logs of the store that the server's own settings name, while no server uses it. One
 * line a session on the output; ends with 1 where one is broken. The line ends with the last entry and its link: kept
 * elsewhere, it can be given back (`<session>@<entry>:<link>`), and then also a tail that was cut off is found.
 */

const USAGE = 'npm run verify -- [<session> | <session>@<entry>:<link>] ...';
const WANTED = /^([a-z2-7]{26})(?:@(\d{1,15}):([0-9a-f]{64}))?$/;
const SQLITE = 'sqlite:';

process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<number> {
  const read = readConfig(process.env, resolve(import.meta.dirname, '../../..'));
  if (!read.ok) return refuse(read.error);
  const { store: url, keyFile } = read.value;
  const wanted = words.map(wantedIn);
  if (wanted.includes(null)) return refuse([USAGE]);
  // To look at a store must not be what makes it.
  if (!url.startsWith(SQLITE) || !existsSync(url.slice(SQLITE.length))) {
    return refuse(['There is no store here to look at.']);
  }
  const opened = await openEncryptedStore(url, { keyFile });
  if (!opened.ok) return refuse([opened.error.sentence]);
  let isWhole = true;
  const chosen = wanted.length === 0 ? null : wanted.filter((one) => one !== null);
  for await (const finding of verifyStore(opened.value, chosen)) {
    isWhole &&= finding.isWhole;
    process.stdout.write(`${finding.line}\n`);
  }
  await opened.value.close();
  return isWhole ? 0 : 1;
}

function wantedIn(word: string): Wanted | null {
  const [, id, seq, link] = WANTED.exec(word) ?? [];
  if (id === undefined) return null;
  const anchor = seq && link ? { seq: Number(seq), link: Buffer.from(link, 'hex') } : null;
  return { session: sessionId(id), anchor };
}

function refuse(sentences: readonly string[]): number {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  return 1;
}
