import { isMainThread } from 'node:worker_threads';

// Loaded into the server by the launcher. Should the launcher vanish without a word (SIGKILL, a closed terminal),
// the server would keep the port: the channel between them closes then, and the server stops as if it had been asked.
if (isMainThread && process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
