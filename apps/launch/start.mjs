import { ensureBuilt } from './build-web.mjs';
import { ensureInstalled } from './install.mjs';
import { root, serverMain } from './places.mjs';
import { runToEnd } from './run.mjs';
import { runCommand } from './trouble.mjs';

await runCommand(async () => {
  const node = await ensureInstalled();
  await ensureBuilt(node);
  const { code } = await runToEnd(node, [serverMain, ...process.argv.slice(2)], { cwd: root, leash: true });
  return code;
});
