// A desk to tell stories at: a floor with what a desk works on, the day behind it, and what was posted.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { none, story } from './harness.mjs';
import { deskFloor, fakeDay } from './fake-day.mjs';
import { misplaced } from './inspect.mjs';
import { listening } from './sounds.mjs';

export const pictures = join(dirname(fileURLToPath(import.meta.url)), '../../TestResults');
mkdirSync(pictures, { recursive: true });

export const told = (name, tell, { lang = 'en', agents = 20, mood, permission = 'granted', as = '?as=周海燕&team=t1', size = { width: 1440, height: 900 } } = {}) => story(`desk: ${name}`, async (open) => {
  const { hub, url, browser } = await open({ agents, lang, mood }, { lazy: true });
  hub.floor = deskFloor(hub.floor);
  const desk = { refuse: null };
  const posted = fakeDay(hub, (path, body) => desk.refuse?.(path, body) ?? null);
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript((permission) => {
    window.told = [];
    window.Notification = class { static permission = permission; constructor(title) { window.told.push(title); } close() {} };
  }, permission);
  await page.addInitScript(listening);
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await page.goto(`${url}/desk${as}${as ? '&' : '?'}lang=${lang}`);
    await page.waitForSelector('h1');
    await tell({ page, hub, posted, desk });
    none(errors);
  } finally {
    await context.close();
  }
});
// Its panes scroll, so only what is cut off is a fault.
export const fits = (page) => page.evaluate(misplaced).then((found) => found.filter((complaint) => complaint.includes('cut off')));
/** Whether nothing scrolls sideways: not the page, and not the view nor the list in it, which would scroll by themselves. */
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth
  && [...document.querySelectorAll('#work, #work .list')].every((one) => one.scrollWidth <= one.clientWidth));
