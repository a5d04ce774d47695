// The parts that the screens share, on a page of their own: what they do by keys, and that axe finds nothing in them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { check, none, story, until } from './harness.mjs';
import { FakeHub } from './fake-hub.mjs';
import { fakeFloor } from './fake-floor.mjs';
import { faint } from './inspect.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../../TestResults/parts');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds serious or critical on a page, as complaints. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
}

let built;
async function gallery(open) {
  built ??= build({ configFile: join(here, '../../vite.config.ts'), root: join(here, 'parts'), base: '/', logLevel: 'warn', build: { outDir: out, emptyOutDir: true } });
  await built;
  const { browser } = await open({ agents: 0 }, { lazy: true });
  const hub = new FakeHub(fakeFloor({ agents: 0 }), { root: out });
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${await hub.start()}/?lang=en`);
  await page.waitForSelector('h1');
  return { page, stop: async () => { await context.close(); await hub.stop(); } };
}

const told = (name, tell) => story(name, async (open) => {
  const { page, stop } = await gallery(open);
  try {
    await tell(page);
  } finally {
    await stop();
  }
});
const text = (page, selector) => page.locator(selector).innerText();

told('parts: axe finds nothing serious, and nothing is faint', async (page) => {
  await page.getByRole('button', { name: 'Toast' }).click();
  none([...(await axe(page)), ...(await page.evaluate(faint))]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Ask' }).click();
  none(await axe(page));
});

told('parts: a dialog takes the focus, closes by Escape and gives the focus back', async (page) => {
  await page.getByRole('button', { name: 'Ask' }).click();
  check(await page.evaluate(() => document.querySelector('dialog[open]').contains(document.activeElement)), 'the focus is outside');
  await page.keyboard.press('b');
  check((await text(page, '#pressed')) === '0', 'a key reached the page beneath');
  await page.keyboard.press('Escape');
  await until('closed', () => page.evaluate(() => !document.querySelector('dialog[open]')));
  check((await page.evaluate(() => document.activeElement.textContent)).includes('Ask'), 'the focus is lost');
});

told('parts: a list is one stop of the Tab key, is walked by arrows, and keeps its choice when it changes', async (page) => {
  await page.getByRole('listbox').focus();
  for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  check((await text(page, '#chosen')) === 'Bo', await text(page, '#chosen'));
  await page.getByRole('button', { name: 'Add' }).click();
  check((await page.locator('[aria-selected="true"]').innerText()) === 'Bo', 'the choice moved to another');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  check((await text(page, '#opened')) === 'Emil', await text(page, '#opened'));
  await page.keyboard.press('Home');
  check((await text(page, '#chosen')) === 'Zoe', await text(page, '#chosen'));
});

told('parts: keys work on the page, not in a field, and the question mark lists them', async (page) => {
  await page.keyboard.press('b');
  check((await text(page, '#pressed')) === '1', 'the key did nothing');
  await page.getByLabel('Field').fill('');
  await page.getByLabel('Field').press('b');
  check((await text(page, '#pressed')) === '1', 'it was taken from the field');
  await page.locator('h1').click();
  await page.keyboard.press('?');
  const help = await text(page, 'dialog[open]');
  check(['Switch language', 'Show this help', 'Break'].every((words) => help.includes(words)), help);
});

told('parts: what went well goes by itself, what did not stays until it is read', async (page) => {
  await page.clock.install();
  await page.getByRole('button', { name: 'Toast' }).click();
  await page.getByRole('button', { name: 'Refuse' }).click();
  await page.clock.runFor(7_000);
  const left = await text(page, '.toasts');
  check(!left.includes('Waiting') && left.includes('Longest wait'), left);
  await page.keyboard.press('l');
  check((await text(page, '.toasts')).includes('最长等待'), 'it did not follow the language');
  await page.locator('.toasts button').click();
  check((await page.locator('.toasts p').count()) === 0, 'it cannot be taken away');
});
