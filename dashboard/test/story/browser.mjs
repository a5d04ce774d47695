// Chromium as the tests want it: headless, without the machine's GPU, and the dashboard as it was built.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = resolve(process.env.DASHBOARD_ROOT ?? resolve(dirname(fileURLToPath(import.meta.url)), '../../../src/FloorMonitor.Service/wwwroot'));
export const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ?? '/usr/bin/chromium';

export const sizes = { hd: { width: 1920, height: 1080 }, uhd: { width: 3840, height: 2160 } };

export function launch() {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--force-color-profile=srgb'] });
}

/** Opens the wall and waits until its picture and its fonts are there. */
export async function openWall(browser, url, { lang = 'zh', size = 'hd', reducedMotion = 'reduce', wall = '' } = {}) {
  const context = await browser.newContext({ viewport: sizes[size], reducedMotion });
  const page = await context.newPage();
  await page.goto(`${url}/wall${wall && `/${wall}`}?lang=${lang}`);
  await page.waitForSelector('[data-far="waiting"]', { timeout: 15000 });
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
  return page;
}
