import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { framed } from './framed.ts';

test('a message of every kind of length is what a WebSocket client reads, also between those of `ws`', async () => {
  const lengths = [0, 1, 125, 126, 127, 255, 256, 65_535, 65_536, 200_000];
  const messages = lengths.map((length) => Uint8Array.from({ length }, (_, index) => index % 251));
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (ws, { socket }) => {
    for (const message of messages) {
      socket.write(framed(message));
      ws.send(message);
    }
    ws.close();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const read: Uint8Array[] = [];
  client.on('message', (data: Buffer) => read.push(new Uint8Array(data)));
  await once(client, 'close');
  server.close();
  expect(read).toEqual(messages.flatMap((message) => [message, message]));
});

test('the same message is framed once, another one anew', () => {
  const message = Uint8Array.of(1, 2);
  expect(framed(message)).toBe(framed(message));
  expect(framed(Uint8Array.of(1, 2))).not.toBe(framed(message));
});
