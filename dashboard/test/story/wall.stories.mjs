// What walls.yaml makes of a wall: pages, names, language, sounds, night. Pictures go to TestResults.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, none, story, until } from './harness.mjs';
import { alertNews, heard, listening } from './sounds.mjs';
import { faint, misplaced, tiny, tooSmall } from './inspect.mjs';

const pictures = join(dirname(fileURLToPath(import.meta.url)), '../../TestResults');
mkdirSync(pictures, { recursive: true });
const far = ['waiting', 'longest', 'queue-waiting', 'queue-longest', 'overrun', 'overrun-who', 'alarms', 'alarm', 'alarm-what', 'alarm-time', 'clock'];
const text = (page, selector) => page.locator(selector).first().innerText();
const alone = (show) => ({ pages: [{ show, forMs: 60_000 }] });
const verdict = (id, severity) => ({
  id, rule: 'longest-wait', clause: 'P4.8', severity, subject: { kind: 'queue', id: 'support', name: 'support' }, openedAt: new Date().toISOString(), closedAt: null,
  text: { zh: '句', en: 'words' }, evidence: [], gaps: [], status: 'open', history: [],
});

for (const lang of ['zh', 'en'])
  for (const [name, floor] of Object.entries({
    'queues of a few': { agents: 60, mood: 'fire', wall: alone('queues') },
    'queues of ten': { agents: 200, queues: 10, mood: 'fire', wall: alone('queues') },
    'agents': { agents: 600, queues: 10, wall: alone('agents') },
    'traffic': { agents: 60, mood: 'fire', wall: alone('traffic') },
    'no names': { agents: 60, mood: 'fire', wall: { names: false } },
    'no names of 200': { agents: 200, queues: 7, wall: { names: false } },
    'night': { agents: 60, mood: 'fire', wall: { title: lang === 'zh' ? '运营大厅' : 'Operations hall', night: { from: '00:00', to: '23:59' }, sounds: { on: ['critical'], volume: 50, quiet: [{ from: '00:00', to: '23:59' }] } } },
  }))
    story(`a wall page, ${name}, ${lang}: everything in its place, large enough, with contrast`, async (open) => {
      const { page, errors } = await open({ ...floor, lang });
      await page.screenshot({ path: join(pictures, `wall-page-${name.replaceAll(' ', '-')}-${lang}.png`) });
      none([...(await page.evaluate(misplaced)), ...(await page.evaluate(tooSmall, far)), ...(await page.evaluate(tiny)), ...(await page.evaluate(faint)), ...errors]);
    });

story('pages take turns, and whichever stands, headline, overruns and alarms stand beside it', async (open) => {
  const pages = ['overview', 'queues', 'agents', 'traffic'].map((show) => ({ show, forMs: 5_000 }));
  const { hub, page } = await open({ agents: 60, mood: 'fire', wall: { pages } });
  const seen = new Set();
  for (let second = 0; second < 24 && seen.size < 4; second++) {
    seen.add(await page.getAttribute('main', 'data-page'));
    const missing = await page.evaluate(() => ['waiting', 'longest', 'overrun', 'alarms', 'alarm'].filter((kind) => {
      const box = document.querySelector(`[data-far="${kind}"]`)?.getBoundingClientRect();
      return !box || box.height === 0 || box.top < 0 || box.bottom > innerHeight;
    }));
    none(missing.map((kind) => `${kind} is hidden by ${[...seen].at(-1)}`));
    await page.waitForTimeout(1_000);
  }
  check(seen.size === 4, `only ${[...seen]} were shown`);
  check((await page.locator('.pages i').count()) === 4, 'how many pages there are is not shown');
  hub.floor = { ...hub.floor, version: 50, wall: { ...hub.floor.wall, pages: [] } };
  hub.cut();
  await until('the one page of the new setting', async () => (await page.locator('.pages').count()) === 0, 10_000);
});

story('a wall without names shows states, teams and counts, and not one name', async (open) => {
  const named = await open({ agents: 60, mood: 'fire', lang: 'en' });
  const names = named.hub.floor.agents.map((agent) => agent.name);
  const { page } = await open({ agents: 60, mood: 'fire', lang: 'en', wall: { names: false } });
  const shown = await page.locator('main').innerText();
  none(names.filter((name) => shown.includes(name)).map((name) => `${name} is shown`));
  check((await page.locator('.breaks').innerText()).includes('Team'), 'a break does not say whose team');
  check((await page.locator('[data-agent]').count()) === 60, 'the agents are gone');
});

story('a wall speaks the language that walls.yaml gives it, the address comes first, a key comes last', async (open) => {
  const { hub, url, browser } = await open({ agents: 20, wall: { language: 'en' } }, { lazy: true });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    await page.goto(`${url}/wall/hall`);
    await until('English', async () => (await page.locator('main').innerText()).includes('Longest wait'));
    await page.keyboard.press('l');
    await until('Chinese', async () => (await page.locator('main').innerText()).includes('最长等待'));
    hub.beat();
    await page.waitForTimeout(1_200);
    check((await page.locator('main').innerText()).includes('最长等待'), 'the setting took the language back');
    await page.goto(`${url}/wall/hall?lang=zh`);
    await until('the address', async () => (await page.locator('main').innerText()).includes('最长等待'));
  } finally {
    await context.close();
  }
});

async function audible(open, sounds, act, floor = {}) {
  const { hub, url, browser } = await open({ agents: 20, lang: 'en', wall: { sounds }, ...floor }, { lazy: true });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(listening);
    // Whatever a test asks of a page counts as a hand that touched it, and a touched page may be heard: nothing is asked before the voice is there.
    const voice = page.waitForEvent('console', { predicate: (message) => message.text() === 'a voice begins' });
    await page.goto(`${url}/wall/hall?lang=en`);
    await voice;
    await page.waitForSelector('[data-agent]');
    await act(page, (severity, routed) => hub.send('Alert', { verdict: verdict(`v-${severity}`, severity), alert: alertNews(severity, routed) }), hub);
  } finally {
    await context.close();
  }
}

story('a wall asks once for a hand to be heard, and from then on what is configured sounds', (open) => audible(open, { on: ['critical'], volume: 40, quiet: [] }, async (page, alert, hub) => {
  await until('what asks for a hand', async () => (await text(page, '.sound')).includes('Press any key for sound'));
  alert('critical');
  await page.waitForTimeout(300);
  check((await heard(page)) === 0, 'it sounded before the browser allows it');
  await page.keyboard.press('Shift');
  await until('sound', async () => !(await page.locator('.sound').getAttribute('class')).includes('blocked'));
  await until('what nobody could hear before', async () => (await heard(page)) === 4, 2_000);
  alert('warning');
  for (let i = 0; i < 20; i++) alert('critical');
  await page.waitForTimeout(300);
  check((await heard(page)) === 4, 'a storm is not one sound, or a warning sounded that is not configured');
  await until('the storm, once', async () => (await heard(page)) === 8, 6_000);
  hub.delta({ feeds: hub.floor.feeds.map((feed) => ({ ...feed, state: 'lost' })) });
  await until('the lost switch', async () => (await heard(page)) === 12, 6_000);
}));

story('a wall rings for what alerts.yaml sends to walls with a sound, in that sound', (open) => audible(open, { on: ['critical', 'warning'], volume: 40, quiet: [] }, async (page, alert) => {
  await page.keyboard.press('Shift');
  alert('critical', { screens: ['desk'] });
  alert('critical', { sound: 'none' });
  alert('info', { sound: 'alarm' });
  await page.waitForTimeout(1_500);
  check((await heard(page)) === 0, 'it rang for what is not its own');
  alert('critical', { screens: ['wall'], sound: 'chime' });
  await until('the chime of two tones', async () => (await heard(page)) === 2, 2_000);
}));

story('what is graver is heard although something lesser sounded just before', (open) => audible(open, { on: ['critical', 'warning'], volume: 40, quiet: [] }, async (page, alert) => {
  await page.keyboard.press('Shift');
  alert('warning');
  await until('the warning', async () => (await heard(page)) === 2, 2_000);
  alert('critical');
  alert('warning');
  await until('the alarm', async () => (await heard(page)) === 6, 2_000);
}));

story('a switch that was lost before the page came is heard', (open) => audible(open, { on: ['critical'], volume: 40, quiet: [] }, async (page) => {
  await page.waitForTimeout(500);
  check((await heard(page)) === 0, 'it sounded before the browser allows it');
  await page.keyboard.press('Shift');
  await until('the lost switch', async () => (await heard(page)) === 4, 2_000);
}, { mood: 'fire' }));

story('quiet hours are quiet, and say until when', (open) => audible(open, { on: ['critical'], volume: 40, quiet: [{ from: '00:00', to: '23:59' }] }, async (page, alert) => {
  await page.keyboard.press('Shift');
  await until('said', async () => (await text(page, '.sound')).includes('quiet until 23:59'));
  alert('critical');
  await page.waitForTimeout(500);
  check((await heard(page)) === 0, 'it sounded');
}));

story('a queue pulses once somebody has waited too long, and stands out without motion too', async (open) => {
  const moving = await open({ agents: 20, queues: 3, lang: 'en', wall: { flashAfterMs: 120_000 } }, { reducedMotion: 'no-preference' });
  const wait = (seconds) => moving.hub.delta({ queues: [{ ...moving.hub.floor.queues[0], waiting: 1, oldestWaitSince: new Date(Date.now() - seconds * 1_000).toISOString() }] });
  wait(117);
  await moving.page.waitForTimeout(500);
  check((await moving.page.locator('.queues .long').count()) === 0, 'it pulses too early');
  await until('the pulse', async () => (await moving.page.locator('.queues .long').count()) === 1, 6_000);
  const periods = await moving.page.evaluate(() => document.getAnimations().map((animation) => animation.effect.getTiming().duration));
  check(periods.length > 0 && periods.every((ms) => ms >= 1_000), `it moves every ${periods}`);
  const still = await open({ agents: 20, queues: 3, mood: 'fire' });
  check((await still.page.evaluate(() => document.getAnimations().length)) === 0, 'it moves though less motion is asked for');
  check((await still.page.locator('.queues .long').count()) > 0, 'nothing stands out');
});

for (const lang of ['zh', 'en'])
  story(`a break of more than ten minutes, and one of more than an hour, stand within their line, ${lang}`, async (open) => {
    const { hub, page } = await open({ agents: 20, queues: 3, lang }, { lang });
    const at = (seconds) => new Date(Date.now() + seconds * 1_000).toISOString();
    const [meal, training] = hub.floor.agents.filter((agent) => agent.state === 'available');
    hub.delta({ agents: [
      { ...meal, state: 'onBreak', since: at(-600), break: { kind: 'meal', reason: 'meal', since: at(-600), endsAt: at(1_199) } },
      { ...training, state: 'onBreak', since: at(-3_950), break: { kind: 'training', reason: 'training', since: at(-3_950), endsAt: null } },
    ] });
    await until('both', async () => /19:[0-5]\d[^]*65:\d\d/.test(await page.locator('.breaks').innerText()));
    none(await page.evaluate(misplaced));
  });

story('a hand that somebody saw is marked as seen, below those that nobody did', async (open) => {
  const { hub, page } = await open({ agents: 20, queues: 3, lang: 'en' });
  const ago = (seconds) => new Date(Date.now() - seconds * 1_000).toISOString();
  const [first, second] = hub.floor.agents.filter((agent) => !agent.handRaisedAt);
  hub.delta({ agents: [{ ...first, handRaisedAt: ago(90), handAcknowledgedAt: ago(10), handAcknowledgedBy: 'Li Min' }, { ...second, handRaisedAt: ago(20), handAcknowledgedAt: null }] });
  await until('both', async () => (await page.locator('.hands').innerText()).includes('Li Min'));
  const shown = await page.locator('.hands').innerText();
  check(shown.includes(second.name) && shown.indexOf(second.name) < shown.indexOf('Li Min'), 'the hand that was seen stands above');
});

story('a wall that is not configured says so and which there are, and comes by itself when it is', async (open) => {
  const { hub, url, browser } = await open({ agents: 20 }, { lazy: true });
  hub.refusing = true;
  hub.api = (_, path) => (path === '/api/walls' ? { body: ['corridor', 'default', 'hall'] } : null);
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  try {
    const page = await context.newPage();
    await page.goto(`${url}/wall/halle?lang=zh`);
    await until('words', async () => (await page.locator('main').innerText()).includes('没有名为“halle”的大屏'), 10_000);
    check((await page.locator('main').innerText()).includes('corridor'), 'the walls there are, are not named');
    hub.refusing = false;
    await until('the wall', () => page.evaluate(() => !!document.querySelector('[data-agent]')), 10_000);
  } finally {
    await context.close();
  }
});

story('the Chinese of a wall is the house\'s own, from the service, and the first paint waits for none of it', async (open) => {
  const { url, browser } = await open({ agents: 60, lang: 'zh' }, { lazy: true });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  try {
    const page = await context.newPage();
    const slices = [];
    page.on('response', (answer) => { if (/noto-sans-sc.*woff2/.test(answer.url())) slices.push(answer.url()); });
    await page.goto(`${url}/wall?lang=zh`);
    await page.waitForSelector('[data-agent]');
    await until('the font', () => page.evaluate(() => document.fonts.check('600 40px "Noto Sans SC Variable"', '等待人数') && [...document.fonts].some((face) => face.family.includes('Noto') && face.status === 'loaded')), 10_000);
    check(slices.length > 0 && slices.every((one) => one.startsWith(url)), 'not from the service');
    const [painted, asked] = await page.evaluate(() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, Math.min(...performance.getEntriesByType('resource').filter(({ name }) => /noto-sans-sc/.test(name)).map(({ startTime }) => startTime))]);
    check(asked >= painted, `asked for at ${asked} ms, painted at ${painted} ms`);
  } finally {
    await context.close();
  }
});
