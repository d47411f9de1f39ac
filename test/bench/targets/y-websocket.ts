import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import { WebSocketServer } from 'ws';

/** A peer: what Yjs itself offers as a server. It keeps documents in memory, and judges nothing. */

// Its storage is not installed (see pnpm-workspace.yaml), and it asks for it even when it is not used.
const NO_STORAGE = 'data:text/javascript,export class LeveldbPersistence {}';
registerHooks({
  resolve: (name, context, next) =>
    name === 'y-leveldb' ? { url: NO_STORAGE, shortCircuit: true } : next(name, context),
});
const { setupWSConnection } = await import('@y/websocket-server/utils');

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
server.on('connection', (ws, request) => setupWSConnection(ws, request));

http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = http.address();
  if (address && typeof address === 'object') console.log(`listening on http://127.0.0.1:${address.port}`);
});
process.on('SIGTERM', () => process.exit(0));
