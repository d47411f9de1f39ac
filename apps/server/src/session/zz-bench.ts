import { emptyChain, encodeEntry, turnId, addLink, follow, readStored, verify, type NewEntry, sessionId } from '@mend/core';
import { createChainWriter, sha256 } from './chain-writer.ts';
import * as Y from 'yjs';
const doc = new Y.Doc(); doc.clientID = 123456789; let last: Uint8Array = new Uint8Array(0); doc.on('update', (u: Uint8Array) => { last = u; });
const t = doc.getText('turn:t1'); for (let i = 0; i < 50; i++) t.insert(i, 'a');
const entry: NewEntry = { kind: 'update', seat: 'partnerA', turn: turnId('t1'), clientId: doc.clientID, from: 49, to: 50, bytes: last };
const id = sessionId('a'.repeat(26));
const N = 200_000;
for (let round = 0; round < 4; round++) {
  const body = encodeEntry(entry);
  let a = performance.now(); for (let i = 0; i < N; i++) encodeEntry(entry); const enc = (performance.now() - a) * 1000 / N;
  const w = createChainWriter(emptyChain(id)); const one = [{ at: 1_800_000_000_000, kind: 'update' as const, body }];
  a = performance.now(); for (let i = 0; i < N; i++) w(one); const chain = (performance.now() - a) * 1000 / N;
  const out = w(one)[0]!; const st = { seq: 7, ...out };
  a = performance.now(); for (let i = 0; i < N; i++) readStored(st); const rd = (performance.now() - a) * 1000 / N;
  let c = emptyChain(id); a = performance.now(); for (let i = 0; i < N; i++) c = follow(c, st); const fo = (performance.now() - a) * 1000 / N;
  a = performance.now(); for (let i = 0; i < N; i++) sha256(body); const sh = (performance.now() - a) * 1000 / N;
  console.log({ payload: body.length, stored: out.body.length, enc, chain, rd, fo, oneSha: sh });
}
