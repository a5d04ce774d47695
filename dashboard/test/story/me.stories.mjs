// The agent's page on a phone: what matters now, the gate's refusals, both languages.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, none, story, until } from './harness.mjs';
import { deskFloor, fakeDay } from './fake-day.mjs';
import { faint, misplaced } from './inspect.mjs';
import { axe } from './parts.stories.mjs';

const pictures = join(dirname(fileURLToPath(import.meta.url)), '../../TestResults');
mkdirSync(pictures, { recursive: true });

async function phone(browser, url, lang, agent) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${url}/me?lang=${lang}${agent ? `&agent=${agent}` : ''}`);
  await page.waitForSelector('h1');
  return page;
}

for (const lang of ['zh', 'en'])
  story(`an agent's break is refused with the sentence and the instant, ${lang}`, async (open) => {
    const { hub, url, browser } = await open({ agents: 20, lang }, { lazy: true });
    const free = hub.floor.agents.find((agent) => agent.state === 'available' && !agent.handRaisedAt);
    const asked = [];
    hub.reply = (command, args) => {
      asked.push([command, ...args]);
      return {
        done: false, agent: null,
        problem: { type: 'urn:floormonitor:refused', title: 'The gate refuses', status: 409, detail: 'x', rule: 'settle-in', clause: 'D3.2', allowedAt: new Date(Date.now() + 95_000).toISOString(), text: { zh: '签入后 28 分 25 秒申请小休,须满 30 分钟(三·一·3.2)', en: 'Asked for a short break 28 min 25 s after sign-in; 30 minutes are required (D3.2)' } },
      };
    };
    const page = await phone(browser, url, lang, free.id);
    try {
      await page.getByRole('button', { name: lang === 'zh' ? /^小休/ : /^Short/ }).click();
      await until('the sentence', async () => (await page.locator('.page section > [role="status"]').innerText()).includes(lang === 'zh' ? '须满 30 分钟' : '30 minutes are required'));
      check(JSON.stringify(asked) === JSON.stringify([['Break', free.id, 'short']]), `asked ${JSON.stringify(asked)}`);
      check(/^1:3\d$/.test(await page.getByRole('timer').innerText()), 'the timer does not run down to the allowed instant');
      await page.screenshot({ path: join(pictures, `me-refused-${lang}.png`), fullPage: true });
      none([...(await page.evaluate(misplaced)).filter((complaint) => !complaint.includes('leaves the screen') && complaint !== 'the page scrolls'), ...(await page.evaluate(faint))]);
      check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
    } finally {
      await page.context().close();
    }
  });

story('an agent\'s break runs down, is pressing in its last minute, and is over in words and colour', async (open) => {
  const { hub, url, browser } = await open({ agents: 20 }, { lazy: true });
  const agent = { ...hub.floor.agents[0], state: 'onBreak', handRaisedAt: null };
  const rest = (left) => ({ ...agent, break: { kind: 'short', reason: 'short', since: new Date(Date.now() - 60_000).toISOString(), endsAt: new Date(Date.now() + left * 1_000).toISOString() } });
  hub.floor = { ...hub.floor, agents: [rest(200), ...hub.floor.agents.slice(1)] };
  const page = await phone(browser, url, 'zh', agent.id);
  try {
    const section = page.locator('section').first();
    check(/^3:(19|20)$/.test(await page.getByRole('timer').innerText()), 'the countdown is wrong');
    hub.delta({ agents: [rest(50)] });
    await until('the warning', async () => (await section.getAttribute('class')).includes('soon'));
    hub.delta({ agents: [rest(-5)] });
    await until('over', async () => (await section.innerText()).includes('休息已超时'));
    check((await page.getByRole('timer').innerText()).startsWith('+0:0'), 'it does not count beyond the limit');
    await page.screenshot({ path: join(pictures, 'me-over-zh.png') });
    none(await page.evaluate(faint));
    check(await page.getByRole('button', { name: '结束休息' }).isEnabled(), 'the break cannot be ended');
  } finally {
    await page.context().close();
  }
});

story('what is taken of the hour and what is left make up the whole, and agree with the countdown', async (open) => {
  const { hub, url, browser } = await open({ agents: 20 }, { lazy: true });
  const begun = Date.now() - 123_400;
  const iso = (ms) => new Date(ms).toISOString();
  const agent = { ...hub.floor.agents[0], state: 'onBreak', handRaisedAt: null, hour: { entitledMs: 300_000, takenMs: 0, since: iso(begun - 900e3), until: iso(begun + 2700e3), declined: false }, break: { kind: 'short', reason: 'short', since: iso(begun), endsAt: iso(begun + 300_000) } };
  hub.floor = { ...hub.floor, agents: [agent, ...hub.floor.agents.slice(1)] };
  const page = await phone(browser, url, 'en', agent.id);
  const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  try {
    for (let i = 0; i < 3; i++) {
      const [timer, hour] = await page.evaluate(() => [document.querySelector('[role="timer"]').innerText, document.querySelector('.hour p').innerText]);
      const [taken, whole, left] = hour.match(/\d+:\d\d/g).map(seconds);
      check(taken + left === whole && left === seconds(timer), `${hour} beneath ${timer}`);
      await page.waitForTimeout(1_000);
    }
    // Regions that have nothing to say leave no hole above the buttons.
    const hole = await page.evaluate(() => document.querySelector('section[aria-label="Actions"]').getBoundingClientRect().top - document.querySelector('section').getBoundingClientRect().bottom);
    check(hole <= 20, `a hole of ${hole} px above the green button`);
  } finally {
    await page.context().close();
  }
});

for (const lang of ['zh', 'en'])
  story(`an agent reads when the shift ends, and in its last hour that is the time that matters, ${lang}`, async (open) => {
    const zh = lang === 'zh';
    const shift = { name: 'A', date: '2026-11-23', startsAt: soon(-20_000), endsAt: soon(7_805), seat: null, status: 'work', mustered: soon(-20_000) };
    const { hub, agent, page } = await withDay(open, { shift, lockedUntil: soon(300) }, lang);
    try {
      await page.getByText(zh ? /下班,还有 2:(10:0|09:5)\d/ : /shift ends \d\d:\d\d, in 2:(10:0|09:5)\d/).waitFor();
      hub.delta({ agents: [{ ...agent, lockedUntil: null, shift: { ...shift, endsAt: soon(1_805) } }] });
      await page.getByText(zh ? '距下班还有' : 'Your shift ends in').waitFor();
      await until('the end of the shift', async () => /^30:0\d$/.test(await page.getByRole('timer').innerText()));
      await page.screenshot({ path: join(pictures, `me-leave-${lang}.png`), fullPage: true });
      none([...(await page.evaluate(faint)), ...(await axe(page))]);
    } finally {
      await page.context().close();
    }
  });

story('an agent whose phone is refused reads that, and not that the switch is lost', async (open) => {
  const change = { state: 'unknown', phones: [{ feed: 'pbx-1', state: 'unknown', word: '', since: soon(-60), direction: null, party: null, lost: { zh: '话机 1001 拒绝监看:403 Forbidden', en: 'x' }, disagreesSince: null }] };
  const { page } = await withDay(open, change, 'zh');
  try {
    await page.getByText('话机 1001 拒绝监看:403 Forbidden').waitFor();
    await page.getByText('您的话机未能监看,状态未知').waitFor();
    check((await page.getByText('交换机失联').count()) === 0, 'it says that the switch is lost');
    await page.screenshot({ path: join(pictures, 'me-refused-phone-zh.png') });
    none(await page.evaluate(faint));
  } finally {
    await page.context().close();
  }
});

story('the agent\'s page without an agent asks who it is, and the language is switched live', async (open) => {
  const { url, browser } = await open({ agents: 20 }, { lazy: true });
  const page = await phone(browser, url, 'zh', '');
  try {
    await page.getByRole('searchbox').fill('1003');
    await until('one name', async () => (await page.getByRole('link').count()) === 1);
    await page.getByRole('button', { name: 'EN' }).click();
    await until('English', async () => (await page.locator('h1').innerText()) === 'Who are you?');
    await page.getByRole('link').click();
    await page.waitForURL(/agent=1003/);
    await page.getByRole('timer').waitFor();
  } finally {
    await page.context().close();
  }
});

// What the service tells an agent beyond the floor: a ticket, a message, verdicts of the day.
async function withDay(open, change, lang = 'zh') {
  const { hub, url, browser } = await open({ agents: 20, lang }, { lazy: true });
  hub.floor = deskFloor(hub.floor);
  const free = hub.floor.agents.find((agent) => agent.state === 'available' && !agent.ticket && !agent.handRaisedAt);
  const agent = { ...free, ...change };
  hub.floor = { ...hub.floor, agents: hub.floor.agents.map((one) => (one.id === agent.id ? agent : one)), verdicts: hub.floor.verdicts.map((one) => ({ ...one, subject: { ...one.subject, id: agent.id } })) };
  const posted = fakeDay(hub);
  return { hub, posted, agent, page: await phone(browser, url, lang, agent.id) };
}
const soon = (s) => new Date(Date.now() + s * 1_000).toISOString();

for (const lang of ['zh', 'en'])
  story(`an agent asks for a break, sees the slot come and takes it, ${lang}`, async (open) => {
    const zh = lang === 'zh';
    const { hub, posted, agent, page } = await withDay(open, { lockedUntil: soon(754), messages: [{ id: 'm1', at: soon(-20), from: '周海燕', text: '十点半班前会 briefing at half past ten', readAt: null }] }, lang);
    try {
      check(/^12:3\d$/.test(await page.getByRole('timer').innerText()), 'the lock does not run down');
      await page.getByRole('button', { name: zh ? '申请小休' : 'Ask: Short' }).click();
      await until('asked', () => posted.length === 1);
      check(JSON.stringify(posted[0]) === JSON.stringify([`/api/agents/${agent.id}/request-break`, { kind: 'short' }]), JSON.stringify(posted[0]));
      const ticket = { kind: 'short', status: 'planned', requestedAt: soon(-5), startsAt: soon(1_505), endsAt: soon(1_900), position: null, by: 'planner', text: { zh: '已安排在 25 分钟后', en: 'Planned in 25 minutes' } };
      hub.delta({ agents: [{ ...agent, lockedUntil: null, ticket }] });
      await until('the slot', async () => /^25:0\d$/.test(await page.getByRole('timer').innerText()));
      await page.screenshot({ path: join(pictures, `me-planned-${lang}.png`), fullPage: true });
      none([...(await page.evaluate(faint)), ...(await axe(page))]);
      check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
      hub.delta({ agents: [{ ...agent, lockedUntil: null, ticket: { ...ticket, status: 'granted', startsAt: soon(-5), endsAt: soon(295) } }] });
      await page.getByRole('button', { name: zh ? '开始休息' : 'Start the break' }).waitFor();
      await page.screenshot({ path: join(pictures, `me-now-${lang}.png`), fullPage: true });
      await page.getByRole('button', { name: zh ? '已读' : 'Read', exact: true }).click();
      await until('read', () => posted.some(([path, body]) => path.endsWith('/read-message') && body.message === 'm1'));
    } finally {
      await page.context().close();
    }
  });

story('an agent\'s page asks for the day\'s verdicts when one of theirs changes, not at every verdict of the floor', async (open) => {
  const { hub, agent, page } = await withDay(open, {}, 'en');
  const api = hub.api;
  let asked = 0;
  hub.api = (method, url, body) => {
    if (url.startsWith('/api/verdicts?')) asked++;
    return api(method, url, body);
  };
  const verdict = hub.floor.verdicts[0];
  try {
    await page.getByText('Left too soon').waitFor();
    for (let i = 0; i < 10; i++) {
      hub.delta({ verdicts: [{ ...verdict, id: `other:${i}`, subject: { kind: 'agent', id: '1999', name: 'x' } }] });
      await page.waitForTimeout(60);
    }
    check(asked === 0, `asked ${asked} times about somebody else`);
    hub.delta({ verdicts: [{ ...verdict, id: 'mine', subject: { kind: 'agent', id: agent.id, name: agent.name } }] });
    await until('asked once', () => asked === 1);
  } finally {
    await page.context().close();
  }
});

story('an agent disputes a verdict with a reason, and sees that it is disputed', async (open) => {
  const { hub, posted, agent, page } = await withDay(open, {}, 'en');
  try {
    await page.getByRole('button', { name: 'Dispute' }).first().click();
    await page.locator('dialog[open]').getByLabel('Reason').fill('the metro broke down');
    await page.screenshot({ path: join(pictures, 'me-dispute-en.png') });
    none(await axe(page));
    await page.locator('dialog[open]').getByRole('button', { name: 'Send' }).click();
    await until('disputed', () => posted.length === 1);
    check(posted[0][0].endsWith('/dispute') && posted[0][1].by === agent.id && posted[0][1].reason === 'the metro broke down', JSON.stringify(posted[0]));
    const verdict = hub.floor.verdicts.find((one) => posted[0][0].includes(one.id));
    hub.delta({ verdicts: [{ ...verdict, disposition: { step: 'disputed', by: agent.id, at: soon(0), reason: 'the metro broke down' } }] });
    await page.getByText('disputed: the metro broke down').waitFor();
  } finally {
    await page.context().close();
  }
});

story('an agent is told when the slot comes, before the limit and of a message, each once', async (open) => {
  const { hub, url, browser } = await open({ agents: 20, lang: 'en' }, { lazy: true });
  const agent = { ...hub.floor.agents[0], state: 'available', break: null, handRaisedAt: null, ticket: null, messages: [] };
  hub.floor = { ...hub.floor, agents: [agent, ...hub.floor.agents.slice(1)] };
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.told = [];
    window.Notification = class { static permission = 'granted'; constructor(title) { window.told.push(title); } };
  });
  try {
    await page.goto(`${url}/me?lang=en&agent=${agent.id}`);
    await page.getByText('Notifications are on').waitFor();
    hub.delta({ agents: [{ ...agent, ticket: { kind: 'short', status: 'granted', requestedAt: soon(-60), startsAt: soon(-1), endsAt: soon(300), position: null, by: null, text: { zh: 'x', en: 'x' } } }] });
    await until('the slot', () => page.evaluate(() => window.told.includes('Time for your break')));
    hub.delta({ agents: [{ ...agent, state: 'onBreak', break: { kind: 'short', reason: '', since: soon(-241), endsAt: soon(59) }, messages: [{ id: 'm', at: soon(0), from: 'Helen', text: 'x', readAt: null }] }] });
    await until('the warning and the message', () => page.evaluate(() => window.told.includes('Your break ends soon') && window.told.includes('Message from Helen')));
    await page.waitForTimeout(1_200);
    check((await page.evaluate(() => window.told.length)) === 3, 'something was told twice');
  } finally {
    await context.close();
  }
});

// Chrome on Android: the constructor is there and throws; a service worker is the only way.
story('an agent is told through a service worker where the page itself may not notify, and the page stays', async (open) => {
  const { hub, url, browser } = await open({ agents: 20, lang: 'en' }, { lazy: true });
  const agent = { ...hub.floor.agents[0], state: 'available', break: null, handRaisedAt: null, ticket: null, messages: [] };
  hub.floor = { ...hub.floor, agents: [agent, ...hub.floor.agents.slice(1)] };
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', permissions: ['notifications'] });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.addInitScript(() => {
    window.Notification = class {
      static permission = 'granted';
      constructor() { throw new TypeError("Failed to construct 'Notification': Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead."); }
    };
  });
  const shown = () => page.evaluate(async () => {
    const worker = await navigator.serviceWorker.getRegistration('/');
    return (await worker?.getNotifications() ?? []).map((one) => one.title);
  });
  try {
    await page.goto(`${url}/me?lang=en&agent=${agent.id}`);
    await page.getByText('Notifications are on').waitFor();
    hub.delta({ agents: [{ ...agent, ticket: { kind: 'short', status: 'granted', requestedAt: soon(-60), startsAt: soon(-1), endsAt: soon(300), position: null, by: null, text: { zh: 'x', en: 'x' } } }] });
    await until('the slot', async () => (await shown()).includes('Time for your break'), 15_000);
    // An alert that is news again takes the place of what was, and goes when somebody has seen to it.
    const news = { id: 'a1', news: 'opened', at: soon(0), rule: 'away', severity: 'critical', title: { zh: 'x', en: 'Away' }, text: { zh: 'x', en: 'x' }, sound: 'none', screens: [], pages: [agent.id], browsers: [], open: 1, count: 1, step: 0, acknowledgedBy: null, acknowledgedAt: null };
    hub.send('Alert', { verdict: null, alert: news });
    hub.send('Alert', { verdict: null, alert: { ...news, news: 'escalated', title: { zh: 'x', en: 'Away, passed up' } } });
    await until('the alert', async () => (await shown()).sort().join() === 'Away, passed up,Time for your break', 15_000);
    hub.send('AlertUpdate', { verdict: null, alert: { ...news, news: 'over' } });
    await until('gone', async () => (await shown()).join() === 'Time for your break', 15_000);
    await page.getByRole('timer').waitFor();
    none(errors);
    // The worker answers no request and keeps nothing.
    check(await page.evaluate(async () => (await caches.keys()).length === 0 && !(await (await fetch('/notify.js')).text()).includes("'fetch'")), 'the worker stands between the page and the service');
  } finally {
    await context.close();
  }
});

for (const [name, hide, words] of [
  ['over plain http', () => Object.defineProperty(window, 'isSecureContext', { value: false }), 'Notifications and the small window need https'],
  ['in a browser without notifications', () => { delete window.Notification; }, 'This browser offers no notifications'],
]) story(`an agent reads why there are no reminders ${name}`, async (open) => {
  const { hub, url, browser } = await open({ agents: 20, lang: 'en' }, { lazy: true });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.addInitScript(hide);
  try {
    await page.goto(`${url}/me?lang=en&agent=${hub.floor.agents[0].id}`);
    await page.getByText(words).waitFor();
    check((await page.getByText('blocks notifications').count()) === 0, 'it blames a setting of the browser');
  } finally {
    await context.close();
  }
});

story('the timer goes into a small window that stays on top, lives there, and comes back when that is closed', async (open) => {
  const { hub, url, browser } = await open({ agents: 20, lang: 'en' }, { lazy: true });
  const agent = { ...hub.floor.agents[0], state: 'available', break: null };
  hub.floor = { ...hub.floor, agents: [agent, ...hub.floor.agents.slice(1)] };
  const page = await phone(browser, url, 'en', agent.id);
  const small = () => page.evaluate(() => window.documentPictureInPicture.window?.document.body.innerText ?? '');
  try {
    await page.getByRole('button', { name: 'Small window' }).click();
    await until('the small window', async () => (await small()).includes('Free for'));
    check((await page.getByRole('timer').count()) === 0, 'the timer is in both');
    hub.delta({ agents: [{ ...agent, state: 'onBreak', break: { kind: 'short', reason: '', since: soon(-60), endsAt: soon(240) } }] });
    await until('the break in the small window', async () => (await small()).includes('Break left'));
    // A lost link is said where the agent looks: the window stands alone, and its timer stands still.
    hub.refusing = true;
    hub.cut();
    await until('the small window says that it is not live', async () => /Picture is not live · as of \d\d:\d\d:\d\d/.test(await small()));
    hub.refusing = false;
    await until('live again', async () => !(await small()).includes('not live'), 10_000);
    await page.evaluate(() => window.documentPictureInPicture.window.close());
    await until('the timer back on the page', async () => (await page.getByRole('timer').count()) === 1);
  } finally {
    await page.context().close();
  }
});
