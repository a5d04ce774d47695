// README's pictures. Every run takes them anew, of the same floors at the same moment, and holds the kept ones against them: a page that looks
// different from its picture fails here. `npm run screenshots` keeps what was taken; a plain run leaves the kept ones alone.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fakeDay, deskFloor } from './fake-day.mjs';
import { fakeFloor } from './fake-floor.mjs';
import { check, none, story } from './harness.mjs';
import { decode, pack, unlikeness } from './png.mjs';

const dashboard = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(dashboard, 'screenshots');
const taken = join(dashboard, 'TestResults');
mkdirSync(taken, { recursive: true });
mkdirSync(folder, { recursive: true });

/** A Monday morning at the site: 10:42:07. */
const moment = Date.parse('2026-11-23T02:42:07Z');
/** How much of a picture may stand otherwise: running times go on while it is taken, and Chromium's letters differ a little between versions. */
const tolerance = 0.08;

const busy = { agents: 60, mood: 'fire' };
const wall = (floor, path = '/wall') => ({ floor, path, size: { width: 1920, height: 1080 }, ready: '[data-agent]' });
const desk = (lang) => ({ floor: { agents: 20, lang }, path: '/desk', query: 'as=周海燕&team=t1', size: { width: 1440, height: 900 }, ready: 'aside [role="option"]', worked: true });

const pictures = {
  'wall-zh': wall({ ...busy, lang: 'zh' }),
  'wall-en': wall({ agents: 20, queues: 3, mood: 'fire', lang: 'en' }),
  'wall-200-en': wall({ agents: 200, queues: 7, lang: 'en' }),
  'wall-600-zh': wall({ agents: 600, queues: 10, mood: 'fire', lang: 'zh' }),
  'wall-corridor-en': wall({ ...busy, lang: 'en', wall: { names: false } }, '/wall/corridor'),
  'desk-zh': desk('zh'),
  'desk-en': desk('en'),
  'me-zh': { floor: { agents: 20, lang: 'zh' }, path: '/me', size: { width: 390, height: 844 }, ready: '[role="timer"]', worked: true, own: (floor) => floor.agents.find((agent) => agent.break?.endsAt) ?? floor.agents.find((agent) => agent.state === 'available') },
};

for (const [name, { floor, path, query = '', size, ready, worked, own }] of Object.entries(pictures))
  story(`README's picture ${name} shows the page as it is today`, async (open) => {
    // The hub's time stands still, so that a page is only as much older as it took to be drawn, however busy the machine is.
    const now = () => moment;
    const made = fakeFloor({ ...floor, now: moment });
    const { hub, url, browser } = await open(worked ? deskFloor(made, moment) : made, { lazy: true, now });
    if (worked) fakeDay(hub, () => null, now);
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', locale: floor.lang === 'zh' ? 'zh-CN' : 'en-GB' });
    try {
      const page = await context.newPage();
      await page.goto(`${url}${path}?lang=${floor.lang}${query && `&${query}`}${own ? `&agent=${own(hub.floor).id}` : ''}`);
      await page.locator(ready).first().waitFor();
      // On the desk somebody's day is open, with states, calls and verdicts.
      if (path === '/desk') {
        await page.locator(`#work [data-key="${hub.floor.verdicts.at(-1).subject.id}"]`).click();
        await page.locator('.strip').waitFor();
      }
      await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
      const picture = pack(await page.screenshot());
      writeFileSync(join(taken, `readme-${name}.png`), picture);
      check(picture.length < 200 * 1024, `${Math.round(picture.length / 1024)} KB are too many`);
      if (process.env.FLOOR_PICTURES === 'keep') writeFileSync(join(folder, `${name}.png`), picture);
      const share = unlikeness(decode(readFileSync(join(folder, `${name}.png`))), decode(picture));
      check(share <= tolerance, `${(share * 100).toFixed(1)} % of it looks different by now: npm run screenshots`);
    } finally {
      await context.close();
    }
  });

story('README shows every picture that is kept, and no other', async () => {
  const shown = [...readFileSync(join(dashboard, '../README.md'), 'utf8').matchAll(/!\[[^\]]+\]\(dashboard\/screenshots\/([^)]+)\)/g)].map((match) => match[1]);
  const kept = readdirSync(folder);
  none([...kept.filter((one) => !shown.includes(one)).map((one) => `${one} is not shown`), ...shown.filter((one) => !kept.includes(one)).map((one) => `${one} is not there`)]);
  check(Object.keys(pictures).every((name) => kept.includes(`${name}.png`)) && kept.length === Object.keys(pictures).length, `kept are ${kept}`);
  check(kept.reduce((sum, one) => sum + statSync(join(folder, one)).size, 0) < 1024 * 1024, 'together they weigh more than a megabyte');
});
