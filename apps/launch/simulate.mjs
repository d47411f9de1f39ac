import { ensureInstalled } from './install.mjs';
import { root, simulation } from './places.mjs';
import { runToEnd } from './run.mjs';
import { runCommand } from './trouble.mjs';

await runCommand(async () => {
  const node = await ensureInstalled();
  const { code } = await runToEnd(node, [simulation, ...process.argv.slice(2)], { cwd: root, leash: true });
  return code;
});
