import { createServer } from 'node:net';
import { vite } from './build-web.mjs';
import { ensureInstalled } from './install.mjs';
import { root, serverMain, webRoot } from './places.mjs';
import { endAllGroups } from './process-groups.mjs';
import { runToEnd } from './run.mjs';
import { runCommand } from './trouble.mjs';

await runCommand(async () => {
  const node = await ensureInstalled();
  const serverPort = await freePort('127.0.0.1', Number(process.env.PORT || 4321));
  const webPort = await freePort('localhost', 5173);
  const web = `http://localhost:${webPort}`;
  const server = `http://127.0.0.1:${serverPort}`;
  console.log(`Open ${web} (the server alone is at ${server}).`);
  const both = [
    runToEnd(node, ['--watch', '--watch-preserve-output', serverMain], {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(serverPort), MEND_ORIGIN: web },
    }),
    runToEnd(node, [vite, '--host', 'localhost', '--port', String(webPort), '--strictPort'], {
      cwd: webRoot,
      env: { ...process.env, MEND_DEV_SERVER: server },
    }),
  ];
  // One without the other is of no use.
  const { code } = await Promise.race(both);
  endAllGroups();
  await Promise.all(both);
  return code;
});

/**
 * @param {string} host
 * @param {number} wished
 * @returns {Promise<number>} the wished port, or any other when that one is taken
 */
function freePort(host, wished) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE' && wished !== 0) resolve(freePort(host, 0));
      else reject(error);
    });
    probe.listen(wished, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : wished));
    });
  });
}
