// How soon a wall is there, from a browser that has never seen it, on loopback; and what it is sent for that.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../story/browser.mjs';
import { median } from './meter.mjs';
import { startSite } from './site.mjs';

const limitMs = 1_000;

export async function measure(browser) {
  const site = await startSite();
  try {
    const first = [];
    const whole = [];
    let chinese = 0;
    for (let i = 0; i < 7; i++) {
      const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
      const page = await context.newPage();
      const slices = new Set();
      page.on('response', (answer) => { if (/noto-sans-sc.*woff2/.test(answer.url())) slices.add(answer.url()); });
      await page.goto(`${site.url}/wall?lang=zh`);
      await page.waitForSelector('[data-agent]');
      whole.push(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))));
      first.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
      await page.waitForLoadState('networkidle');
      chinese = [...slices].reduce((sum, url) => sum + readFileSync(join(root, 'assets', url.split('/').at(-1))).length, 0);
      await context.close();
    }
    console.log(`  first paint ${median(first).toFixed(0)} ms, whole picture ${median(whole).toFixed(0)} ms (medians of ${first.length}; at most ${limitMs})`);
    const sizes = readdirSync(join(root, 'assets')).filter((name) => /^(index|Wall|board|SeverityIcon|matters)-.*\.(js|css)$/.test(name)).map((name) => gzipSync(readFileSync(join(root, 'assets', name))).length);
    console.log(`  scripts and styles ${(sizes.reduce((sum, size) => sum + size, 0) / 1024).toFixed(0)} KB gzipped; Chinese slices after that ${(chinese / 1024).toFixed(0)} KB`);
    if (median(first) > limitMs) process.exitCode = 1;
  } finally {
    await site.stop();
  }
}
