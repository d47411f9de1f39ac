import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '@mend/core';
import { type KeyFault, keyFault } from './key-fault.ts';
import { KEY_BYTES, type MasterKey, type MasterKeys, masterKeyOf } from './master-key.ts';

/**
 * The file of the master key: a line `mend-key-1 ID KEY`, the key in base64url; two lines while a rotation is under
 * way, the new one first. Replaced as a whole or not at all, and private to the server's user.
 */
const LINE = /^mend-key-1 ([0-9a-f]{16}) ([A-Za-z0-9_-]{43})$/;
/** More lines than a rotation can leave are not ours. */
const MOST_KEYS = 2;
/** Bits of a file's mode that let others in. */
const OTHERS = 0o077;

/** Null where there is no such file. */
export function readKeyFile(path: string): Result<MasterKeys | null, KeyFault> {
  let text: string;
  try {
    const handle = openSync(path, 'r');
    try {
      const { mode } = fstatSync(handle);
      if ((mode & OTHERS) !== 0) return err(keyFault('key-exposed', path, (mode & 0o777).toString(8)));
      text = readFileSync(handle, 'utf8');
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? ok(null) : err(keyFault('key-unreadable', path, code));
  }
  return parse(path, text);
}

function parse(path: string, text: string): Result<MasterKeys, KeyFault> {
  const keys: MasterKey[] = [];
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    const [, id = '', encoded = ''] = LINE.exec(line.trimEnd()) ?? [];
    const raw = Buffer.from(encoded, 'base64url');
    if (raw.length !== KEY_BYTES) return err(keyFault('key-malformed', path, `line ${index + 1} is no key`));
    const key = masterKeyOf(raw);
    raw.fill(0);
    if (key.id !== id) return err(keyFault('key-malformed', path, `line ${index + 1} was altered`));
    keys.push(key);
  }
  const [first, ...more] = keys;
  if (first === undefined || keys.length > MOST_KEYS)
    return err(keyFault('key-malformed', path, `${keys.length} keys`));
  return ok([first, ...more]);
}

export function newMasterKey(): MasterKey {
  const raw = randomBytes(KEY_BYTES);
  const key = masterKeyOf(raw);
  raw.fill(0);
  return key;
}

/** Durable when it returns. A crash before leaves the file as it was, and a draft that the next start removes. */
export function writeKeyFile(path: string, keys: MasterKeys): Result<null, KeyFault> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const place = placeOf(path);
    const draft = draftPath(place);
    rmSync(draft, { force: true });
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeSync(handle, keys.map(lineOf).join(''));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, place);
    const folder = openSync(dirname(place), 'r');
    fsyncSync(folder);
    closeSync(folder);
    return ok(null);
  } catch (error) {
    return err(keyFault('key-not-made', path, codeOf(error)));
  }
}

/** A draft holds keys, so one that a crash left must not lie about. */
export function removeDraft(path: string): void {
  try {
    rmSync(draftPath(placeOf(path)), { force: true });
  } catch {
    // A folder that cannot be written holds no draft of ours.
  }
}

const draftPath = (path: string): string => `${path}.new`;
const lineOf = ({ id, key }: MasterKey): string => `mend-key-1 ${id} ${key.export().toString('base64url')}\n`;

/** Where a link leads, so that the file is replaced and not the link. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
