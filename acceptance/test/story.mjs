import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, mailbox, proxy, shop } from '../src/world.mjs';
import {
  assignTemplate, becomes, eventsOf, freshEmail, metricNamed, newCampaign, newList, newTemplate, record, send,
  subscribe,
} from './made.mjs';

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
const TARGET = 'https://shop.invalid/boots?size=42&colour=dark%20red#reviews';
const HTML = `<html><head><title>News</title></head><body>
<h1>Hällo {{ first_name|default:'there' }} ☃</h1>
<p>Your plan is {{ person.plan|default:'none' }}.</p>
<p><a href="${TARGET.replace('&', '&amp;')}">Boots</a></p>
{% unsubscribe 'No more mails' %}
</body></html>`;

/** A click or an opening, as a person's browser makes it. */
const visit = (url, options = {}) => fetch(url, { redirect: 'manual', headers: BROWSER, ...options });

function report(campaign, metric, statistics, extra = {}) {
  return eventually(`a report on ${campaign}`, async () => {
    const { body } = await shop.reporting.queryCampaignValues({
      data: {
        type: 'campaign-values-report',
        attributes: {
          statistics,
          timeframe: { key: 'last_7_days' },
          conversionMetricId: metric,
          filter: `equals(campaign_id,"${campaign}")`,
          ...extra,
        },
      },
    });
    return body.data.attributes.results[0];
  });
}

async function sent(list, template, attributes) {
  const { campaign, message } = await newCampaign(list, attributes);
  await assignTemplate(message, template);
  await send(campaign.id);
  await becomes(campaign.id, 'Sent');
  return campaign.id;
}

/** All that follow each other in the life of one mail; each test goes on where the one before ended. */
describe('the story of a campaign', () => {
  const orders = fresh('Placed Order');
  const [ada, bob] = [freshEmail('ada'), freshEmail('bob')];
  const told = {};

  it('people subscribe and say who they are', async () => {
    told.list = (await newList(fresh('Story'))).id;
    told.members = await subscribe(told.list, [ada, bob]);
    const id = told.members.get(ada);
    await shop.profiles.updateProfile(id, {
      data: { type: 'profile', id, attributes: { firstName: 'Ada', properties: { plan: 'gold' } } },
    });
    await record(orders, bob, { value: 5, uniqueId: 'before' });
    told.orders = (await metricNamed(orders)).id;
  });

  it('a campaign reaches each of them with a mail that is their own', async () => {
    told.template = (await newTemplate(HTML)).id;
    told.campaign = await sent(told.list, told.template, { name: 'Story of boots' });
    [told.mail] = await mailbox.mailsTo(ada);
    await mailbox.mailsTo(bob);
    assert.equal(told.mail.subject, 'Hello Ada');
    assert.deepEqual(told.mail.from.value[0], { name: 'The Shop', address: 'shop@carillon.invalid' });
    assert.match(told.mail.html, /Hällo Ada ☃/);
    assert.match(told.mail.html, /Your plan is gold\./);
    assert.match(told.mail.html, /What is new/);
    assert.match(told.mail.text, /Hällo Ada ☃/i);
    assert.doesNotMatch(told.mail.text, /<[a-z]/);
  });

  it('the mail carries the headers mailbox providers want', () => {
    const source = told.mail.source.toString('latin1');
    const head = source.split('\r\n\r\n')[0].replace(/\r\n[ \t]/g, ' ') + '\r\n';
    assert.match(told.mail.headers.get('message-id'), /^<[^<>@\s]+@[^<>@\s]+>$/);
    assert.match(head, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/im);
    [, told.oneClick] = head.match(/^List-Unsubscribe: .*<(https?:[^>]+)>/im);
    assert.ok(told.oneClick.startsWith(proxy.url));
    assert.match(source, /^MIME-Version: 1\.0\r$/im);
    assert.match(source, /^Date: /im);
    assert.ok(source.split('\r\n').every((line) => line.length <= 998 && !line.includes('\n')));
  });

  it('no two mails share a Message-ID', async () => {
    const [other] = await mailbox.mailsTo(bob);
    assert.notEqual(told.mail.headers.get('message-id'), other.headers.get('message-id'));
  });

  it('the link leads through the server to its target, and nowhere else when forged', async () => {
    const [, link] = told.mail.html.match(/<a [^>]*href="([^"]+)"[^>]*>Boots<\/a>/);
    told.link = link.replaceAll('&amp;', '&');
    assert.ok(told.link.startsWith(proxy.url));
    const answer = await visit(told.link);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), TARGET);
    const forged = told.link.slice(0, -1) + (told.link.endsWith('A') ? 'B' : 'A');
    assert.ok((await visit(forged)).status >= 400);
  });

  it('opening the mail loads a picture', async () => {
    const pictures = [...told.mail.html.matchAll(/<img [^>]*src="([^"]+)"/g)].map(([, source]) => source);
    const pixel = pictures.map((source) => source.replaceAll('&amp;', '&')).find((source) => source.startsWith(proxy.url));
    const answer = await visit(pixel);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/gif']);
  });

  it('the order that follows is counted as the campaign’s, with all that led to it', async () => {
    await record(orders, ada, { value: 120.5, uniqueId: 'after', properties: { Items: ['Boots'] } });
    const wanted = {
      recipients: 2, delivered: 2, bounced: 0, opens_unique: 1, clicks_unique: 1, conversions: 1,
      conversion_uniques: 1, conversion_value: 120.5, open_rate: 0.5, click_rate: 0.5, revenue_per_recipient: 60.25,
      average_order_value: 120.5, unsubscribes: 0,
    };
    const shown = await eventually('the report to show it all', async () => {
      const row = await report(told.campaign, told.orders, Object.keys(wanted));
      told.row = row;
      return row.statistics.conversions === 1 && row.statistics.opens_unique >= 1 && row;
    }).catch((error) => assert.fail(`${error.message}: ${JSON.stringify(told.row)}`));
    assert.deepEqual(shown.statistics, wanted);
    assert.equal(shown.groupings.campaign_id, told.campaign);
  });

  it('the order names the campaign it is due to', async () => {
    const event = (await eventsOf(told.orders, 2)).find(
      ({ attributes }) => attributes.eventProperties.$event_id === 'after',
    );
    const { body } = await shop.events.getEvent(event.id, { include: ['attributions'] });
    const attribution = body.included.find(({ type }) => type === 'attribution');
    assert.equal(attribution.relationships.campaign.data.id, told.campaign);
  });

  it('what happened to the mail can be read as events', async () => {
    for (const name of ['Received Email', 'Opened Email', 'Clicked Email']) {
      const metric = await metricNamed(name);
      const mine = await eventually(`${name} of Ada`, async () =>
        (await eventsOf(metric.id)).find(
          (event) =>
            event.relationships.profile.data.id === told.members.get(ada) &&
            event.attributes.eventProperties['Campaign Name'] === 'Story of boots',
        ),
      );
      assert.equal(mine.attributes.eventProperties.Subject, 'Hello Ada');
    }
  });

  it('a visit to the unsubscribe link asks before anything happens', async () => {
    const [, link] = told.mail.html.match(/<a [^>]*href="([^"]+)"[^>]*>No more mails<\/a>/);
    const answer = await visit(link.replaceAll('&amp;', '&'));
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^text\/html/);
    assert.equal(await consent(ada), 'SUBSCRIBED');
  });

  it('one click unsubscribes', async () => {
    const answer = await visit(told.oneClick, {
      method: 'POST',
      headers: { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    assert.ok(answer.status < 300);
    await eventually('Ada to be unsubscribed', async () => (await consent(ada)) === 'UNSUBSCRIBED');
    const metric = await metricNamed('Unsubscribed from Email Marketing');
    assert.ok((await eventsOf(metric.id)).some((event) => event.relationships.profile.data.id === told.members.get(ada)));
  });

  it('who unsubscribed is left out of the next campaign, and the report counts it', async () => {
    await sent(told.list, told.template);
    await mailbox.mailsTo(bob, 2);
    assert.equal(mailbox.recipients().filter((address) => address === ada).length, 1);
    await eventually('the unsubscribe to be counted', async () => {
      const { statistics } = await report(told.campaign, told.orders, ['unsubscribes', 'unsubscribe_uniques']);
      return statistics.unsubscribe_uniques === 1;
    });
  });

  it('who subscribes again is mailed again', async () => {
    await subscribe(told.list, [ada]);
    await eventually('Ada to be subscribed', async () => (await consent(ada)) === 'SUBSCRIBED');
    await sent(told.list, told.template);
    assert.equal((await mailbox.mailsTo(ada, 2)).length, 2);
  });

  it('a template in use by a campaign that was sent does not hold the campaign’s copy', async () => {
    await shop.templates.deleteTemplate(told.template);
    await refused(shop.templates.getTemplate(told.template), 404);
    const [message] = (await shop.campaigns.getMessagesForCampaign(told.campaign)).body.data;
    assert.match((await shop.campaigns.getTemplateForCampaignMessage(message.id)).body.data.attributes.html, /Hällo/);
  });

  async function consent(email) {
    const { body } = await shop.profiles.getProfile(told.members.get(email), {
      additionalFieldsProfile: ['subscriptions'],
    });
    return body.data.attributes.subscriptions.email.marketing.consent;
  }
});

describe('campaign values', () => {
  it('need the groupings that tell messages apart', async () => {
    const { id } = await (async () => {
      const name = fresh('Ordered');
      await record(name, freshEmail('orders'));
      return metricNamed(name);
    })();
    const call = shop.reporting.queryCampaignValues({
      data: {
        type: 'campaign-values-report',
        attributes: {
          statistics: ['opens'], timeframe: { key: 'today' }, conversionMetricId: id, groupBy: ['send_channel'],
        },
      },
    });
    await refused(call, 400);
  });
});
