import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { openBrowser } from '../src/browser.mjs';
import { ask } from '../src/plain.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, mailbox, proxy, shop } from '../src/world.mjs';
import { assignTemplate, becomes, freshEmail, newCampaign, newList, newTemplate, send, subscribe } from './made.mjs';

const HTML = `<p>Hello</p><a href="{% manage_preferences_link %}">Preferences</a>
  <a href="{% unsubscribe_link %}">Unsubscribe</a>`;
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const SMALLEST_TARGET = 44;

/** Where pictures of the pages are kept, when somebody wants to look at them. */
const PICTURES = process.env.PICTURES;

async function mailConsent(id) {
  const { body } = await shop.profiles.getProfile(id, { additionalFieldsProfile: ['subscriptions'] });
  return body.data.attributes.subscriptions.email.marketing;
}

async function listsOf(id) {
  return (await shop.profiles.getListIdsForProfile(id)).body.data.map((list) => list.id);
}

/** Somebody on a list who got a campaign: their ids and the links in their mail. */
async function reader() {
  const list = await newList(fresh('Newsletter'));
  const email = freshEmail('reader');
  const id = (await subscribe(list.id, [email])).get(email);
  const { campaign, message } = await newCampaign(list.id);
  await assignTemplate(message, (await newTemplate(HTML)).id);
  await send(campaign.id);
  await becomes(campaign.id, 'Sent');
  const [mail] = await mailbox.mailsTo(email);
  const [preferences, unsubscribe] = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
  return { list, email, id, mail, preferences, unsubscribe };
}

/** The settings of the account, changed if any are given. */
async function settings(attributes) {
  const document = attributes && { data: { type: 'account-settings', attributes } };
  return (await ask(proxy.url, document ? 'PATCH' : 'GET', '/carillon/account', document)).data.attributes;
}

async function confirmationLink(list, email) {
  const data = [
    { type: 'profile', attributes: { email, subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } } } },
  ];
  await shop.profiles.bulkSubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-create-job',
      attributes: { profiles: { data } },
      relationships: { list: { data: { type: 'list', id: list } } },
    },
  });
  const [mail] = await mailbox.mailsTo(email);
  return mail.html.match(/href="([^"]+\/confirm\/[^"]+)"/)[1];
}

describe('hosted pages, without any script', () => {
  let browser;
  let context;
  let page;

  before(async () => {
    browser = await openBrowser();
  });

  after(() => browser.close());

  afterEach(() => context.close());

  async function visit(url, viewport = PHONE, colorScheme = 'light') {
    context = await browser.newContext({ javaScriptEnabled: false, viewport, colorScheme });
    page = await context.newPage();
    const answer = await page.goto(url);
    assert.equal(answer.status(), 200);
  }

  const button = (name) => page.getByRole('button', { name, exact: true });
  const box = (name) => page.getByRole('checkbox', { name, exact: true });
  const press = (name) => Promise.all([page.waitForEvent('framenavigated'), button(name).click()]);

  /** The page has the heading, can be read and used by everybody, and fits its window. */
  async function shows(heading, picture) {
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.getByRole('main').count(), 1);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.ok((await page.title()).startsWith(heading));
    assert.equal(await page.locator('script').count(), 0);
    const { width } = page.viewportSize();
    for (const control of await page.locator('button, label, main, .card').all()) {
      const { x, width: its, height } = await control.boundingBox();
      assert.ok(x >= 0 && x + its <= width, `${heading}: something is wider than ${width}`);
      const tag = await control.getAttribute('type');
      assert.ok(tag !== 'submit' || height >= SMALLEST_TARGET, `${heading}: a button is too small to press`);
    }
    assert.doesNotMatch(await page.getByRole('main').ariaSnapshot(), /(button|checkbox|link)( \[[^\]]*\])*$/m);
    if (PICTURES) {
      await page.screenshot({ path: join(PICTURES, `${picture}-${width}.png`), fullPage: true });
    }
  }

  for (const viewport of [PHONE, DESK]) {
    it(`a subscription is confirmed, ${viewport.width} wide`, async () => {
      const list = await newList(fresh('Careful'), 'double_opt_in');
      const email = freshEmail('careful');
      const link = await confirmationLink(list.id, email);
      await visit(link, viewport);
      await shows('Confirm your subscription', 'confirm');
      assert.deepEqual((await shop.lists.getProfilesForList(list.id)).body.data, []);
      await press('Confirm subscription');
      await shows('You are subscribed', 'confirmed');
      assert.match(await page.getByRole('status').textContent(), /is confirmed/);
      const { body } = await shop.lists.getProfilesForList(list.id);
      assert.deepEqual(body.data.map(({ attributes }) => attributes.email), [email]);
    });

    it(`who unsubscribes can come back, ${viewport.width} wide`, async () => {
      const { id, unsubscribe } = await reader();
      await visit(unsubscribe, viewport);
      await shows('Unsubscribe', 'unsubscribe');
      assert.equal((await mailConsent(id)).consent, 'SUBSCRIBED');
      await press('Unsubscribe');
      await shows('You are unsubscribed', 'unsubscribed');
      assert.equal((await mailConsent(id)).canReceiveEmailMarketing, false);
      await press('Subscribe again');
      await shows('You are subscribed again', 'back');
      assert.equal((await mailConsent(id)).canReceiveEmailMarketing, true);
    });

    it(`a list is left and joined, ${viewport.width} wide`, async () => {
      const { id, list, preferences } = await reader();
      await visit(preferences, viewport);
      await shows('Your preferences', 'preferences');
      assert.ok(await box('Marketing emails').isChecked());
      await box(list.attributes.name).uncheck();
      await press('Save');
      await shows('Your preferences', 'saved');
      assert.match(await page.getByRole('status').textContent(), /saved/);
      assert.deepEqual(await listsOf(id), []);
      assert.equal((await mailConsent(id)).consent, 'SUBSCRIBED');
      await box(list.attributes.name).check();
      await press('Save');
      assert.deepEqual(await listsOf(id), [list.id]);
      await press('Unsubscribe from everything');
      assert.equal(await box('Marketing emails').isChecked(), false);
      assert.equal((await mailConsent(id)).consent, 'UNSUBSCRIBED');
    });
  }

  it('the pages can be read in the dark', async () => {
    const { preferences } = await reader();
    await visit(preferences, DESK, 'dark');
    await shows('Your preferences', 'dark');
  });

  it('everything can be done with the keyboard', async () => {
    const { id, unsubscribe } = await reader();
    await visit(unsubscribe);
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').textContent(), 'Unsubscribe');
    await page.keyboard.press('Enter');
    await shows('You are unsubscribed', 'keyboard');
    assert.equal((await mailConsent(id)).consent, 'UNSUBSCRIBED');
  });

  it('a mail program unsubscribes with one click', async () => {
    const { id, mail } = await reader();
    const { url } = mail.headers.get('list').unsubscribe;
    assert.match(mail.source.toString(), /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    assert.equal(answer.status, 200);
    const { consent, suppression } = await mailConsent(id);
    assert.deepEqual([consent, suppression.map(({ reason }) => reason)], ['UNSUBSCRIBED', ['UNSUBSCRIBE']]);
    await visit(url);
    await shows('You are unsubscribed', 'one-click');
  });

  it('a link that was changed says so', async () => {
    const { preferences } = await reader();
    context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
    page = await context.newPage();
    const answer = await page.goto(`${preferences.slice(0, -4)}AAAA`);
    assert.equal(answer.status(), 404);
    await shows('This link does not work', 'broken');
  });

  it('the confirmation mail can be a template', async () => {
    const template = await newTemplate('<p>Ahoy <a href="{{ confirmation_url }}">aye</a></p>');
    await settings({ confirmation_template_id: template.id, confirmation_subject: 'Aboard?' });
    try {
      const list = await newList(fresh('Ship'), 'double_opt_in');
      const email = freshEmail('sailor');
      await visit(await confirmationLink(list.id, email));
      const [mail] = await mailbox.mailsTo(email);
      assert.equal(mail.subject, 'Aboard?');
      assert.match(mail.html, /Ahoy/);
      await press('Confirm subscription');
      await eventually('the sailor to be aboard', async () => (await shop.lists.getProfilesForList(list.id)).body.data.length === 1);
    } finally {
      await settings({ confirmation_template_id: null, confirmation_subject: null });
    }
  });
});
