// What alerts do at a desk: what could not be delivered, and what is heard.
import { join } from 'node:path';
import { pictures, told } from './desk-page.mjs';
import { deskFloor, fakeDay } from './fake-day.mjs';
import { check, none, story, until } from './harness.mjs';
import { faint } from './inspect.mjs';
import { axe } from './parts.stories.mjs';
import { alertNews, heard, listening } from './sounds.mjs';

const letter = (id, channel, more = {}) => ({
  id, channel, recipient: channel === 'sip' ? '王芳' : null, news: channel === 'sip' ? 'message' : 'opened', alert: 'late:A:1', title: `【警告】客服一班 迟到 late ${id}`,
  since: new Date(Date.now() - 1800e3).toISOString(), failedAt: new Date(Date.now() - 60e3).toISOString(), attempts: 12, error: 'HTTP 503: down for maintenance', obstacle: null, ...more,
});
const words = {
  en: { show: 'Show', resend: 'Resend', drop: 'Drop', all: 'Resend all of ops (2)', reason: 'Reason', again: 'On its way again: 1', dropped: 'Dropped', none: 'Everything was delivered', gone: 'read the list anew' },
  zh: { show: '查看', resend: '重发', drop: '清除', all: '重发 ops 的全部(2)', reason: '原因', again: '已重新发送:1', dropped: '已清除', none: '全部已送达', gone: '请刷新列表' },
};
for (const lang of ['zh', 'en'])
  told(`what could not be delivered is sent again or dropped, by keys alone, ${lang}`, async ({ page, posted, hub, desk }) => {
    const say = words[lang];
    const note = (n) => hub.delta({ notes: n ? [{ key: 'alerts-dead', text: { zh: `${n} 条通知未能送达`, en: `${n} alerts could not be delivered` }, since: new Date().toISOString() }] : [] });
    hub.dead = [letter('a', 'ops'), letter('b', 'ops'), letter('c', 'sip', { error: '404 Not Found' }), letter('d', 'gone', { obstacle: { zh: 'alerts.yaml 中已没有通道 gone', en: 'alerts.yaml has no channel gone any more' } })];
    const api = hub.api;
    let slow = 0;
    hub.api = async (...asked) => {
      await new Promise((done) => setTimeout(done, slow));
      return api(...asked);
    };
    note(4);
    await page.getByRole('button', { name: say.show }).waitFor();
    await page.keyboard.press('n');
    const dialog = page.locator('dialog[open]');
    await dialog.locator('li').nth(3).waitFor();
    check((await dialog.locator('li').nth(3).innerText()).includes('gone'), 'the obstacle is not said');
    check(await dialog.locator('li').nth(3).getByRole('button').first().isDisabled(), 'what cannot be sent can be sent');
    await page.screenshot({ path: join(pictures, `desk-letters-${lang}.png`) });
    none([...(await page.evaluate(faint)), ...(await axe(page))]);

    // One is sent again.
    desk.refuse = () => { hub.dead = hub.dead.filter((one) => one.id !== 'c'); return { body: { count: 1 } }; };
    const focused = (what) => page.evaluate((what) => document.activeElement.matches(what), what);
    const inList = () => until('the focus is in the list', () => focused('dialog[open] [role="group"], dialog[open] [role="group"] *'));
    slow = 400;
    await dialog.locator('li').nth(2).getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await until('it waits', async () => (await dialog.locator('[aria-busy="true"]').count()) > 0);
    check(await focused('[aria-busy="true"]'), 'what waits lost the focus');
    await page.keyboard.press('Enter');
    await dialog.getByText(say.again).waitFor();
    slow = 0;
    check(posted.length === 1, 'what waits was done twice');
    await inList();
    check(JSON.stringify(posted[0]) === JSON.stringify(['/api/dead-letters/c/resend', { by: '周海燕' }]), JSON.stringify(posted));
    await until('the list is read anew', async () => (await dialog.locator('li').count()) === 3);
    await inList();

    // Another is dropped, with a reason or not at all.
    desk.refuse = () => { hub.dead = hub.dead.filter((one) => one.id !== 'd'); return { body: { count: 1 } }; };
    await dialog.locator('li').nth(2).getByRole('button').last().focus();
    await page.keyboard.press('Enter');
    await until('the reason is asked', () => page.evaluate(() => document.activeElement?.tagName === 'INPUT'));
    await page.keyboard.press('Enter');
    check(posted.length === 1, 'dropped without a reason');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await inList();
    await dialog.locator('li').nth(2).getByRole('button').last().focus();
    await page.keyboard.press('Enter');
    await until('the reason is asked', () => page.evaluate(() => document.activeElement?.tagName === 'INPUT'));
    await page.keyboard.type('robot is gone');
    none(await axe(page));
    await page.keyboard.press('Enter');
    await dialog.getByText(say.dropped, { exact: true }).waitFor();
    await inList();
    check(JSON.stringify(posted[1]) === JSON.stringify(['/api/dead-letters/d/drop', { by: '周海燕', reason: 'robot is gone' }]), JSON.stringify(posted));

    // Somebody else was faster: that is said, with what to do.
    desk.refuse = () => ({ status: 404, body: { type: 'x', title: 'x', status: 404, detail: 'x', text: { zh: '可能已被他人重发或清除,请刷新列表', en: 'somebody may have sent it again; read the list anew' } } });
    await dialog.getByRole('button', { name: say.all }).click();
    await dialog.locator('.toasts .failed').getByText(say.gone).waitFor();
    check(posted[2][0] === '/api/dead-letters/resend' && posted[2][1].channel === 'ops', JSON.stringify(posted[2]));
    none(await axe(page));

    // The desk's line says that there are none any more.
    hub.dead = [];
    note(0);
    await dialog.getByText(say.none).waitFor();
    await page.keyboard.press('Escape');
    await until('closed', () => page.evaluate(() => !document.querySelector('dialog[open]')));
  }, { lang });

told('what could not be delivered and could not be read either is complained of until it can', async ({ page, hub }) => {
  hub.dead = [letter('a', 'ops')];
  hub.cutting = true;
  await page.keyboard.press('n');
  const dialog = page.locator('dialog[open]');
  await dialog.getByRole('alert').waitFor();
  hub.cutting = false;
  hub.delta({ notes: [{ key: 'alerts-dead', text: { zh: '1', en: '1 alert could not be delivered' }, since: new Date().toISOString() }] });
  await dialog.locator('li').waitFor();
  check((await dialog.getByRole('alert').count()) === 0, 'the alert stands although the list was read');
});

story('desk: who clicks the silent speaker, or presses its key, wants to hear and not to be spared', async (open) => {
  const { hub, url, browser } = await open({ agents: 20, lang: 'en' }, { lazy: true });
  hub.floor = deskFloor(hub.floor);
  fakeDay(hub, () => null);
  for (const wake of [(page) => page.getByRole('button', { name: 'Press any key for sound' }).click(), (page) => page.keyboard.press('s')]) {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.addInitScript(listening);
      // Whatever a test asks of a page counts as a hand that touched it: nothing is asked before the voice is there.
      const voice = page.waitForEvent('console', { predicate: (message) => message.text() === 'a voice begins' });
      await page.goto(`${url}/desk?as=周海燕&team=t1&lang=en`);
      await voice;
      await page.getByRole('button', { name: 'Press any key for sound' }).waitFor();
      await wake(page);
      await page.getByRole('button', { name: 'Sound on' }).waitFor();
      check((await page.evaluate(() => localStorage.getItem('desk.mute'))) !== 'yes', 'the hand that woke it muted it');
      await page.keyboard.press('s');
      await page.getByRole('button', { name: 'Sound off' }).waitFor();
    } finally {
      await context.close();
    }
  }
});

told('what alerts.yaml sends to the desk is heard there, until it is muted, and the browser remembers that', async ({ page, hub }) => {
  const ring = (severity, routed) => hub.send('Alert', { verdict: hub.floor.verdicts[0], alert: alertNews(severity, routed) });
  await page.keyboard.press('Shift');
  await page.getByRole('button', { name: 'Sound on' }).waitFor();
  ring('critical', { screens: ['wall'] });
  ring('critical', { sound: 'none' });
  await page.waitForTimeout(300);
  check((await heard(page)) === 0, 'it rang for what is not for a desk');
  ring('warning', { screens: ['desk'] });
  await until('the chime', async () => (await heard(page)) === 2, 2_000);
  ring('warning');
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Sound off' }).waitFor();
  await page.waitForTimeout(5_200);
  check((await heard(page)) === 2, 'what rested was heard after the sound was taken away');
  await page.reload();
  await page.getByRole('button', { name: 'Sound off' }).waitFor();
  await page.keyboard.press('Shift');
  ring('critical');
  await page.waitForTimeout(300);
  check((await heard(page)) === 0, 'the browser forgot that it is muted');
});
