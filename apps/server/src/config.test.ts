import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const of = (env: Record<string, string>) => readConfig(env, '/project');

test('C1 an empty environment gives the documented defaults', () => {
  expect(of({})).toEqual({
    ok: true,
    value: {
      port: 4321,
      host: '127.0.0.1',
      origin: null,
      store: 'sqlite:/project/data/mend.db',
      keyFile: null,
      logLevel: 'info',
      limits: true,
    },
  });
});

test('C2 every fault is told at once, by the name of its setting', () => {
  const read = of({
    PORT: '70000',
    MEND_ORIGIN: 'https://mend.example/path',
    MEND_LOG: 'loud',
    MEND_LIMITS: 'no',
  });
  expect(read.ok).toBe(false);
  const faults = read.ok ? [] : read.error;
  for (const name of ['PORT', 'MEND_ORIGIN', 'MEND_LOG', 'MEND_LIMITS']) {
    expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
  }
});

test('C3 a relative store or key lies in the project, wherever the server was started from', () => {
  expect(of({ MEND_STORE: 'sqlite:my/own.db' })).toMatchObject({
    value: { store: 'sqlite:/project/my/own.db' },
  });
  expect(of({ MEND_DATA: 'elsewhere' })).toMatchObject({
    value: { store: 'sqlite:/project/elsewhere/mend.db' },
  });
  expect(of({ MEND_KEY_FILE: 'safe/mend.key' })).toMatchObject({
    value: { keyFile: '/project/safe/mend.key' },
  });
  expect(of({ MEND_STORE: 'memory:' })).toMatchObject({ value: { store: 'memory:' } });
});

test('C4 an origin is kept in its one spelling, and an empty setting counts as none', () => {
  expect(of({ MEND_ORIGIN: 'https://Mend.Example/', PORT: ' ' })).toMatchObject({
    value: { origin: 'https://mend.example', port: 4321 },
  });
});
