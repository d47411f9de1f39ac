import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { SeededRandom } from '../support/seeded-random.ts';
import { damaged } from './damage.ts';

/** The two other ways in: Socket.IO's packets and HTTP, honest ones with damage done to them. */

const COMMANDS: readonly object[] = [
  { type: 'turn.ask', ask: true },
  { type: 'turn.done', stateVector: 'AQEB', turn: 't1' },
  { type: 'signal', kind: 'with-you', id: 'an-id-of-its-own' },
  { type: 'moment.answer', choice: 'yes', moment: 'm1', words: 'words' },
  { type: 'lobby.ready', ready: true },
];

export function packet(random: SeededRandom): Uint8Array {
  const whole = Buffer.from(`42${random.int(100)}${JSON.stringify(['command', random.pick(COMMANDS)])}`);
  const other = Buffer.from(
    random.pick(['2', '3', '41', '451-["command",{"_placeholder":true,"num":0}]', '1', '6']),
  );
  return random.chance(0.8) ? damaged(whole, random, other) : other;
}

/** Packets on a command channel of their own, until it is closed or they are all sent. */
export async function sendPackets(
  origin: string,
  token: string,
  packets: readonly Uint8Array[],
): Promise<void> {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  ws.on('error', () => {});
  const closed = new Promise<void>((resolve) => ws.on('close', () => resolve()));
  const admitted = new Promise<void>((resolve) => {
    ws.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('0')) ws.send(`40${JSON.stringify({ token })}`);
      if (text.startsWith('42["view"')) resolve();
    });
  });
  await Promise.race([admitted, closed]);
  for (const one of packets) if (ws.readyState === WebSocket.OPEN) ws.send(one, { binary: false });
  await Promise.race([answered(ws), closed]);
  ws.terminate();
}

/** A ping that is answered: whatever was sent before it was read. */
export function answered(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    ws.once('pong', () => resolve());
    if (ws.readyState === WebSocket.OPEN) ws.ping();
  });
}

const BODY = JSON.stringify({ invite: 'an invitation that nobody gave', name: 'Sam' });

export const request = (random: SeededRandom): Uint8Array => {
  const path = random.pick([
    '/api/join',
    '/api/sessions',
    '/api/codes',
    '/api/codes/redeem',
    '/healthz',
    '/sync/x',
  ]);
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`;
  const body = damaged(Buffer.from(BODY), random, Buffer.from('[[[['));
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n';
  const lines = random.chance(0.3) ? upgrade : 'Connection: close\r\n';
  const whole = Buffer.concat([Buffer.from(`${head}${lines}Content-Length: ${body.length}\r\n\r\n`), body]);
  return random.chance(0.4) ? damaged(whole, random, whole) : whole;
};

/** Bytes on a socket of their own, which is ended after them; resolves when the other side has ended it too. */
export function sendBytes(origin: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.end(bytes));
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.resume();
  });
}
