// `npm run screenshots`: README's pictures of the screens, taken from the real service with its demo floor.
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
  const open = async (path, size) => {
    const page = await (await browser.newContext({ viewport: size, reducedMotion: 'reduce' })).newPage();
    await page.goto(service.url + path);
    await page.waitForSelector('h1');
    return page;
  };
  pages.desk = await open('/desk?lang=en&as=周海燕', { width: 1440, height: 900 });
  await pages.desk.keyboard.press('2');
  await pages.desk.locator('#work [role="option"]').first().click();
  await pages.desk.locator('.detail .text').waitFor();
  const resting = (await service.floor()).agents.find((agent) => agent.break?.endsAt);
  pages.me = await open(`/me?lang=zh&agent=${resting?.id ?? '1001'}`, { width: 390, height: 844 });
  await pages.me.getByRole('timer').waitFor();
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
