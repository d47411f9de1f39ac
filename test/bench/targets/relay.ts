import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

/** The floor: whatever one connection of a room sends goes to the others, and nothing else happens. */

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
const rooms = new Map<string, Set<WebSocket>>();

server.on('connection', (ws, request) => {
  const name = request.url ?? '';
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(ws));
  ws.on('message', (data: Buffer) => {
    for (const other of room) if (other !== ws) other.send(data);
  });
  ws.on('close', () => room.delete(ws));
});

http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = http.address();
  if (address && typeof address === 'object') console.log(`listening on http://127.0.0.1:${address.port}`);
});
process.on('SIGTERM', () => process.exit(0));
