// The agent's page on a phone: what matters now, the gate's refusals, both languages.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, none, story, until } from './harness.mjs';
import { faint, misplaced } from './inspect.mjs';

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
      await page.getByRole('button', { name: lang === 'zh' ? '小休' : 'Short' }).click();
      await until('the sentence', async () => (await page.locator('[role="status"]').last().innerText()).includes(lang === 'zh' ? '须满 30 分钟' : '30 minutes are required'));
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
