import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { openBrowser, Site } from '../src/browser.mjs';
import { COMPANY, KEY } from '../src/server.mjs';
import { FilterBuilder } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, mailbox, proxy, shop } from '../src/world.mjs';
import {
  assignTemplate, freshEmail, metricNamed, newCampaign, newList, newProfile, newTemplate, send, subscribe,
} from './made.mjs';

const STUB = 'window.carillon = window.carillon || function () { (carillon.q = carillon.q || []).push(arguments); };';
const STORED = `carillon_${COMPANY}`;

/** The names of what a profile did, the oldest first. */
async function deeds(profile) {
  const { body } = await shop.events.getEvents({
    filter: `equals(profile_id,"${profile}")`, include: ['metric'], pageSize: 200,
  });
  const names = new Map((body.included ?? []).map(({ id, attributes }) => [id, attributes.name]));
  return body.data.map(({ relationships }) => names.get(relationships.metric.data.id)).reverse();
}

function comes(profile, ...names) {
  return eventually(`${names} of ${profile}`, async () => {
    const done = await deeds(profile);
    return names.every((name) => done.includes(name)) && done;
  });
}

/** A metric is there a moment before its first event. */
async function eventsNamed(name) {
  const metric = await metricNamed(name);
  return eventually(`events named ${name}`, async () => {
    const { body } = await shop.events.getEvents({ filter: `equals(metric_id,"${metric.id}")` });
    return body.data.length > 0 && body.data;
  });
}

describe('the script on a page of another origin', () => {
  let browser;
  let site;
  let context;
  let page;
  let asked;

  before(async () => {
    [browser, site] = [await openBrowser(), await Site.start()];
  });

  after(async () => {
    await browser.close();
    site.close();
  });

  beforeEach(async () => {
    await visit();
  });

  afterEach(() => context.close());

  /** A new visitor, whose page has this script to begin with. */
  async function visit(prepare) {
    await context?.close();
    context = await browser.newContext();
    page = await context.newPage();
    asked = [];
    page.on('request', (request) => {
      if (request.url().includes('/client/') && request.method() === 'POST') {
        asked.push(request);
      }
    });
    if (prepare) {
      await context.addInitScript(prepare);
    }
  }

  /** Shows a page that says something before the script is there. */
  function pageSaying(commands, options = '&pages=off') {
    return site.show(
      `/${fresh('page').replace(' ', '-')}`,
      `<!doctype html><title>Boots</title><script>${STUB}${commands}</script>
       <script async src="${proxy.url}/carillon.js?company_id=${COMPANY}${options}"></script><h1>Boots</h1>`,
    );
  }

  const say = (...command) => page.evaluate((all) => window.carillon(...all), command);
  const stored = () => page.evaluate((name) => localStorage.getItem(name), STORED);

  it('what somebody did before they are known becomes theirs', async () => {
    const email = freshEmail('visitor');
    const { id } = await newProfile({ email });
    await page.goto(pageSaying(
      `carillon('viewedProduct', { ProductName: 'Boots', ProductID: '7', Price: 80 });`, '',
    ));
    await eventually('the first event', () => asked.length >= 2);
    await say('addedToCart', { ProductName: 'Boots', Price: '80', Quantity: 2 });
    await say('identify', { email, first_name: 'Ada', properties: { size: 39 } });
    await say('track', 'Started Checkout', { step: 1 }, { value: 160 });
    await comes(id, 'Active on Site', 'Viewed Product', 'Added to Cart', 'Started Checkout');
    const { attributes } = (await shop.profiles.getProfile(id)).body.data;
    assert.deepEqual([attributes.firstName, attributes.properties], ['Ada', { size: 39 }]);
    const [cart] = await eventsNamed('Added to Cart');
    assert.equal(cart.attributes.eventProperties.$value, 160);
    const anonymous = (await shop.profiles.getProfiles({
      filter: new FilterBuilder().equals('email', email).build(),
    })).body.data;
    assert.deepEqual(anonymous.map((one) => one.id), [id]);
  });

  it('a visitor stays the same on the next page and is somebody else after a reset', async () => {
    const [first, second] = [fresh('First'), fresh('Second')];
    await page.goto(pageSaying(`carillon('track', '${first}');`));
    const [one] = await eventsNamed(first);
    await page.goto(pageSaying(`carillon('track', '${second}');`));
    const [other] = await eventsNamed(second);
    assert.equal(other.relationships.profile.data.id, one.relationships.profile.data.id);
    const third = fresh('Third');
    await say('reset');
    await say('track', third);
    const [last] = await eventsNamed(third);
    assert.notEqual(last.relationships.profile.data.id, one.relationships.profile.data.id);
  });

  it('two people at one device are kept apart', async () => {
    const [ada, bob] = [freshEmail('ada'), freshEmail('bob')];
    const [one, other] = [await newProfile({ email: ada }), await newProfile({ email: bob })];
    const [before, between] = [fresh('Before'), fresh('Between')];
    await page.goto(pageSaying(`carillon('identify', { email: '${ada}' }); carillon('track', '${before}');`));
    await comes(one.id, before);
    await say('identify', { email: bob });
    await say('track', between);
    await comes(other.id, between);
    assert.deepEqual(await deeds(one.id), [before]);
  });

  it('who comes from a mail is known by the link, which is cleaned', async () => {
    const email = freshEmail('reader');
    const landing = pageSaying('', '');
    await fetch(`${proxy.url}/carillon/account`, {
      method: 'PATCH',
      headers: { authorization: `Klaviyo-API-Key ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        data: { type: 'account-settings', attributes: { website_url: site.url } },
      }),
    }).then((answer) => assert.equal(answer.status, 200));
    const list = await newList();
    const members = await subscribe(list.id, [email]);
    const { campaign, message } = await newCampaign(list.id);
    const template = await newTemplate(`<a href="${landing}?colour=red">Boots</a> {% unsubscribe %}`);
    await assignTemplate(message, template.id);
    await send(campaign.id);
    const [mail] = await mailbox.mailsTo(email);
    const [, link] = mail.html.match(/<a [^>]*href="([^"]+)"[^>]*>Boots<\/a>/);
    await page.goto(link.replaceAll('&amp;', '&'));
    await comes(members.get(email), 'Active on Site');
    assert.equal(page.url(), `${landing}?colour=red`);
  });

  it('a server that is away gets everything once it is back', async () => {
    const name = fresh('Patient');
    await page.goto(pageSaying(''));
    await page.waitForFunction(() => !window.carillon.q);
    await context.setOffline(true);
    await say('track', name, { n: 1 });
    await say('track', name, { n: 2 });
    await eventually('a failure', () => asked.length > 0);
    await context.setOffline(false);
    const events = await eventually('both', async () => {
      const all = await eventsNamed(name);
      return all.length >= 2 && all;
    });
    assert.equal(events.length, 2);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 1);
  });

  it('what a page could not send is sent by the next', async () => {
    const name = fresh('Left over');
    await page.goto(pageSaying(''));
    await page.waitForFunction(() => !window.carillon.q);
    await page.route('**/client/**', (route) => route.abort());
    await say('track', name);
    await eventually('a failure', () => asked.length > 0);
    await page.unroute('**/client/**');
    await page.goto(pageSaying(''));
    assert.equal((await eventsNamed(name)).length, 1);
  });

  it('an event right before the page is left arrives', async () => {
    const name = fresh('Leaving');
    const next = site.show('/next', '<!doctype html><title>Next</title>');
    await page.goto(pageSaying(''));
    await page.waitForFunction(() => !window.carillon.q);
    await page.evaluate(([metric, url]) => {
      window.carillon('track', metric);
      window.location = url;
    }, [name, next]);
    await page.waitForURL(next);
    assert.equal((await eventsNamed(name)).length, 1);
  });

  it('a form subscribes to a list', async () => {
    const [email, list] = [freshEmail('form'), await newList()];
    await page.goto(pageSaying(`carillon('subscribe', '${list.id}', { email: '${email}' }, 'Footer');`));
    await eventually('a member', async () => {
      const { body } = await shop.lists.getProfilesForList(list.id, {});
      return body.data.some(({ attributes }) => attributes.email === email);
    });
  });

  it('who asks not to be tracked is not, unless they say so', async () => {
    await visit(() => Object.defineProperty(navigator, 'doNotTrack', { value: '1' }));
    const name = fresh('Wished');
    await page.goto(pageSaying(`carillon('track', 'Unwanted');`, ''));
    await page.waitForFunction(() => !window.carillon.q);
    await say('identify', { email: freshEmail() });
    assert.deepEqual([await stored(), asked.length], [null, 0]);
    await say('consent', true);
    await say('track', name);
    assert.equal((await eventsNamed(name)).length, 1);
  });

  it('where consent is required nothing is kept before it or after it is taken back', async () => {
    const name = fresh('Agreed');
    await page.goto(pageSaying(`carillon('track', 'Too early');`, '&pages=off&consent=required'));
    await page.waitForFunction(() => !window.carillon.q);
    assert.deepEqual([await stored(), asked.length], [null, 0]);
    await say('consent', true);
    await say('track', name);
    await eventsNamed(name);
    await say('consent', false);
    await say('track', 'Too late');
    assert.equal(await stored(), '{"c":0}');
    assert.equal(asked.length, 1);
    await page.goto(pageSaying(`carillon('track', 'Later');`, ''));
    await page.waitForFunction(() => !window.carillon.q);
    assert.equal(asked.length, 1);
  });

  it('a cookie serves where nothing else may be stored', async () => {
    await visit(() => {
      Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error('denied'); };
    });
    const [first, second] = [fresh('First'), fresh('Second')];
    await page.goto(pageSaying(`carillon('track', '${first}');`));
    const [one] = await eventsNamed(first);
    const [cookie] = await context.cookies();
    assert.deepEqual([cookie.name, cookie.sameSite, cookie.path], [STORED, 'Lax', '/']);
    await page.goto(pageSaying(`carillon('track', '${second}');`));
    const [other] = await eventsNamed(second);
    assert.equal(other.relationships.profile.data.id, one.relationships.profile.data.id);
  });
});
