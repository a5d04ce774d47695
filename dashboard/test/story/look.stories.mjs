// The wall as a person sees it: sizes, order, contrast, both languages, floors of every size. Pictures go to TestResults.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './browser.mjs';
import { check, none, story, until } from './harness.mjs';
import { faint, misplaced, places, tiny, tooSmall } from './inspect.mjs';

const pictures = join(dirname(fileURLToPath(import.meta.url)), '../../TestResults');
mkdirSync(pictures, { recursive: true });
const far = ['waiting', 'longest', 'queue-waiting', 'queue-longest', 'overrun', 'overrun-who', 'alarms', 'alarm', 'alarm-what', 'alarm-time', 'stale', 'stale-age', 'clock'];

const floors = {
  empty: { agents: 0 },
  20: { agents: 20, queues: 3 },
  60: { agents: 60 },
  200: { agents: 200, queues: 7 },
  600: { agents: 600, queues: 10 },
  'fire 20': { agents: 20, queues: 3, mood: 'fire' },
  'fire 60': { agents: 60, mood: 'fire' },
  'fire 200': { agents: 200, queues: 10, mood: 'fire' },
  'fire 600': { agents: 600, queues: 10, mood: 'fire' },
};

for (const lang of ['zh', 'en'])
  for (const [name, floor] of Object.entries(floors))
    for (const size of ['empty', 'fire 20', 'fire 60'].includes(name) ? ['hd'] : ['hd', 'uhd'])
      story(`a wall of ${name}, ${lang}, ${size}: everything in its place, large enough, with contrast`, async (open) => {
        const { page, errors } = await open({ ...floor, lang }, { size });
        await page.screenshot({ path: join(pictures, `wall-${name.replace(' ', '-')}-${lang}-${size}.png`) });
        none([...(await page.evaluate(misplaced)), ...(await page.evaluate(tooSmall, far)), ...(await page.evaluate(tiny)), ...(await page.evaluate(faint)), ...errors]);
        // What is read from eight metres is there to be read: who is over, and of what the alarms are.
        if (floor.mood === 'fire') none((await page.evaluate((kinds) => kinds.filter((kind) => !document.querySelector(`[data-far="${kind}"]`)?.textContent.trim()), far.filter((kind) => !kind.startsWith('stale')))).map((kind) => `${kind} is missing`));
      });

for (const lang of ['zh', 'en'])
  story(`long names and labels break nothing, ${lang}`, async (open) => {
    const { page } = await open({ agents: 60, mood: 'fire', lang, longNames: true });
    await page.screenshot({ path: join(pictures, `wall-long-${lang}-hd.png`) });
    none([...(await page.evaluate(misplaced)), ...(await page.evaluate(tooSmall, far)), ...(await page.evaluate(tiny))]);
  });

for (const lang of ['zh', 'en'])
  story(`a stale wall, ${lang}`, async (open) => {
    const { hub, page } = await open({ agents: 60, mood: 'fire', lang });
    hub.silent = true;
    await page.waitForSelector('.stale-banner');
    await page.screenshot({ path: join(pictures, `wall-stale-${lang}-hd.png`) });
    none([...(await page.evaluate(misplaced)), ...(await page.evaluate(tooSmall, far)), ...(await page.evaluate(tiny)), ...(await page.evaluate(faint))]);
  });

story('a break has one clock, on its agent\'s tile as on the board, before its end and after', async (open) => {
  const { hub, page } = await open({ agents: 60, lang: 'zh' });
  const agent = hub.floor.agents.find((one) => one.break?.endsAt && hub.floor.agents.filter(({ name }) => name === one.name).length === 1);
  const ends = Date.now() + 3_500;
  hub.delta({ agents: [{ ...agent, break: { ...agent.break, endsAt: new Date(ends).toISOString() } }] });
  const clocks = () => page.evaluate(([id, name]) => ({
    tile: document.querySelector(`[data-agent="${id}"] time`).textContent,
    board: [...document.querySelectorAll('.breaks .row')].find((row) => row.querySelector('p').textContent === name)?.querySelector('b, strong').textContent,
  }), [agent.id, agent.name]);
  const seen = new Set();
  await until('the end of the break', async () => {
    const { tile, board } = await clocks();
    if (Date.now() < ends - 3_000) return false;
    check(tile === board, `the tile says ${tile}, the board ${board}`);
    seen.add(tile);
    return seen.has('+0:01');
  }, 8_000);
  check(seen.has('0:01') && seen.has('+0:00'), `the clock went ${[...seen]}`);
});

story('agents reach as far as the line of their team, on a floor of every size', async (open) => {
  for (const agents of [20, 60, 200, 600]) {
    const { page } = await open({ agents, queues: 7 });
    const short = await page.evaluate(() => [...document.querySelectorAll('.agents .tiles')].map((tiles) => tiles.getBoundingClientRect().right - Math.max(...[...tiles.children].map((tile) => tile.getBoundingClientRect().right))));
    check(short.length > 0 && short.every((pixels) => Math.abs(pixels) < 3), `of ${agents} agents a team ends ${short.map((pixels) => pixels.toFixed(1))} px before its line`);
  }
});

story('numbers grow without moving anything', async (open) => {
  const { hub, page } = await open({ agents: 60, mood: 'fire' });
  const before = await page.evaluate(places);
  const long = new Date(Date.now() - 75 * 60_000).toISOString();
  hub.delta({
    totals: { ...hub.floor.totals, waiting: 128, oldestWaitSince: long, signedIn: 1000, available: 999, onCall: 888, onBreak: 777, ringing: 99, wrapUp: 120, unreachable: 31, unknown: 250 },
    queues: hub.floor.queues.map((queue) => ({ ...queue, waiting: 26, oldestWaitSince: new Date(Date.now() - 70 * 60_000).toISOString(), offered: 12_345, abandoned: 1_234 })),
  });
  await until('the numbers', async () => (await page.locator('[data-far="waiting"]').innerText()) === '128');
  const after = await page.evaluate(places);
  none(Object.keys(before).filter((key) => !key.includes('total') && !key.includes('queue') && before[key] !== after[key]).map((key) => `${key} moved from ${before[key]} to ${after[key]}`));
  none(await page.evaluate(misplaced));
});

story('a smaller or taller screen still shows the whole wall', async (open) => {
  const { page } = await open({ agents: 60, mood: 'fire' });
  for (const viewport of [{ width: 1280, height: 720 }, { width: 1600, height: 1200 }, { width: 2560, height: 1080 }, { width: 1366, height: 768 }]) {
    await page.setViewportSize(viewport);
    await page.waitForTimeout(200);
    none((await page.evaluate(misplaced)).map((complaint) => `${viewport.width}×${viewport.height}: ${complaint}`));
  }
});

story('the language is switched live by a key, everywhere', async (open) => {
  const { page } = await open({ agents: 60, mood: 'fire', lang: 'zh' });
  check((await page.locator('main').innerText()).includes('等待人数'), 'not Chinese');
  await page.keyboard.press('l');
  await until('English', async () => (await page.locator('.headline').innerText()).includes('Longest wait'));
  check((await page.getAttribute('html', 'lang')) === 'en-GB', 'the document does not say so');
  check(!/[\u4e00-\u9fff]/.test(await page.locator('.headline').innerText()), 'Chinese is left');
  check((await page.locator('.alarms').innerText()).includes('limit is 60 s'), 'the sentences did not follow');
  await page.reload();
  await page.waitForSelector('.headline');
  check((await page.locator('.headline').innerText()).includes('等待人数'), 'the address no longer decides');
});

story('every state has a shape of its own, and the unknown is there, not gone', async (open) => {
  const { hub, page } = await open({ agents: 200, mood: 'fire' });
  const states = ['available', 'ringing', 'onCall', 'onHold', 'wrapUp', 'onBreak', 'unreachable', 'unknown', 'signedOut'];
  hub.delta({ agents: states.map((state, i) => ({ ...hub.floor.agents[i], state, break: null, handRaisedAt: null })) });
  const shape = (id) => page.locator(`[data-agent="${id}"] svg`).first().innerHTML();
  await until('the states', async () => (await page.getAttribute('[data-agent="1009"]', 'data-state')) === 'signedOut');
  const shapes = await Promise.all(states.map((_, i) => shape(1001 + i)));
  check(new Set(shapes).size === states.length, 'two states share a shape');
  hub.delta({ feeds: hub.floor.feeds.map((feed) => ({ ...feed, state: 'lost' })), agents: hub.floor.agents.map((agent) => ({ ...agent, state: 'unknown' })) });
  await until('unknown agents', () => page.evaluate(() => document.querySelectorAll('[data-state="unknown"]').length === 200));
  check((await page.locator('.alarms').innerText()).includes('交换机失联'), 'the lost switch is not named');
});

story('overrun breaks flash slowly, and not at all where less motion is asked for', async (open) => {
  const still = await open({ agents: 60, mood: 'fire' }, { reducedMotion: 'reduce' });
  check((await still.page.evaluate(() => document.getAnimations().length)) === 0, 'it moves');
  const moving = await open({ agents: 60, mood: 'fire' }, { reducedMotion: 'no-preference' });
  const periods = await moving.page.evaluate(() => document.getAnimations().map((animation) => animation.effect.getTiming().duration));
  check(periods.length > 0, 'nothing draws the eye');
  // Three flashes a second is the limit of WCAG 2.3.1; a wall is looked at all day.
  check(periods.every((ms) => ms >= 1_000), `flashes every ${Math.min(...periods)} ms`);
});

story('counts that began late say since when', async (open) => {
  const late = await open({ agents: 20, queues: 3, mood: 'fire' });
  check(/自 \d\d:\d\d 起/.test(await late.page.locator('.queues').innerText()), 'not said');
  const whole = await open({ agents: 20, queues: 3 });
  check(!/自 \d\d:\d\d 起/.test(await whole.page.locator('.queues').innerText()), 'said of a whole day');
});

story('the wall weighs less than 250 KB, fonts included', async () => {
  const assets = join(root, 'assets');
  const names = readdirSync(assets).filter((name) => (/\.(js|css)$/.test(name) && !/^(Desk|Me)-/.test(name)) || /inter-latin-wght/.test(name));
  const bytes = names.reduce((sum, name) => sum + (name.endsWith('woff2') ? readFileSync(join(assets, name)).length : gzipSync(readFileSync(join(assets, name))).length), 0);
  console.log(`        ${(bytes / 1024).toFixed(0)} KB`);
  check(names.some((name) => name.endsWith('.js')) && bytes < 250 * 1024, `${bytes} bytes`);
});
