/**
 * What the guard costs beside `Y.applyUpdate`, in the same run. By hand: `node test/bench/guard.bench.ts`.
 * Microseconds, median (95th percentile), by the number of structs in the document.
 */

import { check } from '@mend/core';
import * as Y from 'yjs';

const KEYS = 3_000;
const WHOLE = 15;
const HOLDER = 4_242;

/** Small and always the same numbers: two runs of this bench see one document. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const structsOf = (doc: Y.Doc): number =>
  [...doc.store.clients.values()].reduce((sum, list) => sum + list.length, 0);

/** Closed turns of people who jump about and take words back, until there are enough structs; one open turn. */
function session(structs: number): { server: Y.Doc; root: string } {
  const roll = dice(structs);
  const server = new Y.Doc();
  let turn = 0;
  while (structsOf(server) < structs) {
    turn += 1;
    server.clientID = 100 + (turn % 6);
    const text = server.getText(`turn:${turn}`);
    for (let i = 0; i < Math.min(3_000, structs / 4); i++) {
      if (roll(5) === 0 && text.length > 3) text.delete(roll(text.length - 2), 1 + roll(2));
      else text.insert(roll(3) === 0 ? roll(text.length + 1) : text.length, 'ab ');
    }
  }
  server.clientID = 1;
  const root = 'turn:open';
  server.getText(root);
  return { server, root };
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  for (const root of doc.share.keys()) copy.getText(root);
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function timed<T>(times: number[], act: () => T): T {
  const start = performance.now();
  const result = act();
  times.push((performance.now() - start) * 1_000);
  return result;
}

function show(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return `${at(0.5).toFixed(1)} (${at(0.95).toFixed(1)})`;
}

function measure(structs: number): Record<string, string | number> {
  const { server, root } = session(structs);
  const roll = dice(7);
  const client = copyOf(server);
  client.clientID = HOLDER;
  const text = client.getText(root);
  const updates: Uint8Array[] = [];
  client.on('update', (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < KEYS; i++) {
    if (roll(10) === 0 && text.length > 1) text.delete(roll(text.length - 1), 1);
    else text.insert(roll(10) === 0 ? roll(text.length + 1) : text.length, 'x');
  }

  const options = { clientId: HOLDER, writable: root };
  const [guard, apply]: [number[], number[]] = [[], []];
  for (const update of updates) {
    const verdict = timed(guard, () => check(server, update, options));
    if (!verdict.ok || verdict.verdict !== 'apply') throw new Error(JSON.stringify(verdict));
    timed(apply, () => Y.applyUpdate(server, verdict.apply));
  }

  updates.length = 0;
  text.insert(0, 'pasted words '.repeat(770));
  const [paste] = updates;
  const reply = Y.encodeStateAsUpdate(copyOf(server), Y.encodeStateVector(server));
  const [pasteGuard, idleGuard, idleApply, clone]: [number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
  ];
  for (let i = 0; i < WHOLE; i++) {
    if (paste !== undefined) timed(pasteGuard, () => check(server, paste, options));
    const idle = timed(idleGuard, () => check(server, reply, { clientId: 5, writable: null }));
    if (!idle.ok || idle.verdict !== 'noop') throw new Error(JSON.stringify(idle));
    timed(idleApply, () => Y.applyUpdate(server, reply));
    if (i < 5) timed(clone, () => copyOf(server));
  }
  return {
    structs: structsOf(server),
    'key: guard': show(guard),
    'key: apply': show(apply),
    'reply, bytes': reply.length,
    'reply: guard': show(idleGuard),
    'reply: apply': show(idleApply),
    'paste 10k: guard': show(pasteGuard),
    'clone the doc': show(clone),
  };
}

measure(3_000);
console.table([3_000, 20_000, 200_000].map(measure));
