import { ensureInstalled } from './install.mjs';
import { root, serverAdmin } from './places.mjs';
import { runToEnd } from './run.mjs';
import { runCommand } from './trouble.mjs';

await runCommand(async () => {
  const node = await ensureInstalled();
  const { code } = await runToEnd(node, [serverAdmin, ...process.argv.slice(2)], { cwd: root, leash: true });
  return code;
});
