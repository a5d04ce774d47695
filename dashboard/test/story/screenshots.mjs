// `npm run screenshots`: README's pictures of the wall, taken from the real service with its demo floor.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, openWall } from './browser.mjs';
import { repack } from './png.mjs';
import { startService } from './service.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../screenshots');
mkdirSync(folder, { recursive: true });
const service = await startService();
const browser = await launch();
try {
  const pages = {};
  for (const lang of ['zh', 'en']) pages[`wall-${lang}`] = await openWall(browser, service.url, { lang });
  // The wall that names nobody, as config/walls.yaml has it.
  pages['wall-corridor'] = await openWall(browser, service.url, { lang: 'en', wall: 'corridor' });
  // A picture of a floor at work: somebody waits, somebody rests, and a verdict or two are open.
  const deadline = Date.now() + 90_000;
  for (;;) {
    const floor = await service.floor();
    if ((floor.verdicts.filter((one) => one.status === 'open').length >= 2 && floor.totals.waiting > 0) || Date.now() > deadline) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  for (const [name, page] of Object.entries(pages)) {
    const path = join(folder, `${name}.png`);
    const picture = repack(await page.screenshot());
    writeFileSync(path, picture);
    const kilobytes = picture.length / 1024;
    console.log(`${path}: ${kilobytes.toFixed(0)} KB`);
    if (kilobytes > 300) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await service.stop();
}
