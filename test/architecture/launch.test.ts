import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint, sourcesBelow } from '../../apps/launch/fingerprint.mjs';
import { withLock } from '../../apps/launch/lock.mjs';
import { clearStamp, readStamp, writeStamp } from '../../apps/launch/stamp.mjs';
import { summaryLine, tallyOfCheck, tallyOfTests } from '../../apps/launch/tally.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mend-launch-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('the fingerprint', () => {
  const taken = (): string => fingerprint(folder, sourcesBelow(folder));

  test('A20 stays while nothing changes, and is free of where the clone lies', () => {
    put('a.ts', 'one');
    const here = taken();
    expect(taken()).toBe(here);
    put('moved/a.ts', 'one');
    expect(fingerprint(join(folder, 'moved'), [join(folder, 'moved', 'a.ts')])).toBe(here);
  });

  test('A21 changes with bytes, names, files that come or go, and the platform', () => {
    put('a.ts', 'one');
    put('b.ts', 'two');
    const paths = [join(folder, 'a.ts'), join(folder, 'b.ts')];
    const seen = [fingerprint(folder, paths), fingerprint(folder, paths, ['linux'])];
    put('a.ts', 'onetwo');
    put('b.ts', '');
    seen.push(fingerprint(folder, paths));
    rmSync(join(folder, 'b.ts'));
    seen.push(fingerprint(folder, paths));
    put('c.ts', '');
    seen.push(taken());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('A22 looks at no tests, no built files and no installed ones', () => {
    put('a.ts', 'one');
    const before = taken();
    put('a.test.ts', 'x');
    put('b.test.tsx', 'x');
    put('dist/index.html', 'x');
    put('node_modules/x/index.js', 'x');
    expect(taken()).toBe(before);
    put('deep/b.ts', 'x');
    expect(taken()).not.toBe(before);
  });
});

describe('a stamp', () => {
  test('A23 is read as it was written, and leaves nothing beside it', () => {
    const path = join(folder, 'notes', 'installed');
    expect(readStamp(path)).toBeUndefined();
    writeStamp(path, { fingerprint: 'abc', node: 'somewhere' });
    expect(readStamp(path)).toEqual({ fingerprint: 'abc', node: 'somewhere' });
    expect(readdirSync(join(folder, 'notes'))).toEqual(['installed']);
    clearStamp(path);
    clearStamp(path);
    expect(readStamp(path)).toBeUndefined();
  });

  test.each(['', '{"fingerpr', 'null', '[]', '{"fingerprint":1}'])(
    'A24 that reads %j counts as none',
    (text) => {
      expect(readStamp(put('stamp', text))).toBeUndefined();
    },
  );
});

describe('the lock', () => {
  const nobodyWaits = (): void => {
    throw new Error('nobody should have to wait');
  };

  test('A25 lets one at a time in, and tells the other whom it waits for', async () => {
    const path = join(folder, 'lock');
    const steps: string[] = [];
    const holder = put('lock', String(process.ppid));
    const waiting = withLock(
      path,
      (pid) => steps.push(`waits for ${pid}`),
      async () => steps.push('in'),
    );
    await sleep(50);
    steps.push('out');
    rmSync(holder);
    await waiting;
    expect(steps).toEqual([`waits for ${process.ppid}`, 'out', 'in']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('A26 of a process that is gone, or silent for long, holds nobody up', async () => {
    const noSuchProcess = 2 ** 30;
    put('gone', String(noSuchProcess));
    const silent = put('silent', String(process.ppid));
    utimesSync(silent, new Date(0), new Date(0));
    for (const name of ['gone', 'silent']) {
      const work = async (): Promise<string> => readFileSync(join(folder, name), 'utf8');
      expect(await withLock(join(folder, name), nobodyWaits, work)).toBe(String(process.pid));
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('A27 is given back when the work fails', async () => {
    const path = join(folder, 'lock');
    const work = async (): Promise<never> => Promise.reject(new Error('no'));
    await expect(withLock(path, nobodyWaits, work)).rejects.toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the count', () => {
  const well = { code: 0, timedOut: false };
  const badly = { code: 1, timedOut: false };
  const file = (...statuses: string[]) => ({
    name: 'a.test.ts',
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({ status })),
  });
  const report = (...files: ReturnType<typeof file>[]) => ({ testResults: files });

  test('A28 of a check is one', () => {
    expect(tallyOfCheck(well)).toEqual({ passed: 1, failed: 0 });
    expect(tallyOfCheck(badly)).toEqual({ passed: 0, failed: 1 });
    expect(tallyOfCheck({ code: 143, timedOut: true })).toMatchObject({ passed: 0, failed: 1 });
  });

  test('A29 of tests is theirs, and whatever did not pass has failed', () => {
    expect(tallyOfTests(well, report(file('passed', 'passed'), file('passed')))).toEqual({
      passed: 3,
      failed: 0,
    });
    const mixed = report(file('passed', 'failed', 'skipped', 'pending', 'todo'));
    expect(tallyOfTests(badly, mixed)).toEqual({ passed: 1, failed: 4 });
  });

  test('A30 of a file that could not be loaded is one failed', () => {
    const unloadable = { name: 'b.test.ts', status: 'failed', assertionResults: [] };
    expect(tallyOfTests(badly, report(file('passed'), unloadable))).toEqual({ passed: 1, failed: 1 });
  });

  test('A31 of a stage that crashed, hung, or ran nothing is one failed more', () => {
    expect(tallyOfTests({ code: 139, timedOut: false }, undefined)).toMatchObject({ passed: 0, failed: 1 });
    expect(tallyOfTests(well, report())).toMatchObject({ passed: 0, failed: 1 });
    expect(tallyOfTests(badly, report(file('passed')))).toMatchObject({ passed: 1, failed: 1 });
    const ended = tallyOfTests({ code: 143, timedOut: true }, report(file('passed')));
    expect(ended).toMatchObject({ passed: 1, failed: 1 });
  });

  test('A32 ends in one plain line', () => {
    expect(summaryLine([])).toBe('0 passed, 0 failed');
    const tallies = [
      { passed: 2, failed: 0 },
      { passed: 3, failed: 4, why: 'ran no test' },
    ];
    expect(summaryLine(tallies)).toBe('5 passed, 4 failed');
  });
});
