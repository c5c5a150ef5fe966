import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { fresh, shop } from '../src/world.mjs';
import { eventsOf, freshEmail, metricNamed, newProfile, record } from './made.mjs';

function bulk(metric, entries) {
  const data = entries.map(({ email, events }) => ({
    type: 'event-bulk-create',
    attributes: {
      profile: { data: { type: 'profile', attributes: { email } } },
      events: {
        data: events.map((attributes) => ({
          type: 'event',
          attributes: {
            properties: {}, metric: { data: { type: 'metric', attributes: { name: metric } } }, ...attributes,
          },
        })),
      },
    },
  }));
  return shop.events.bulkCreateEvents({
    data: { type: 'event-bulk-create-job', attributes: { eventsBulkCreate: { data } } },
  });
}

describe('events', () => {
  it('an event is kept with everything that came with it', async () => {
    const [name, email] = [fresh('Placed Order'), freshEmail('buyer')];
    const { response } = await record(name, email, {
      properties: { Brand: 'Acme', Items: ['Boots', 'Socks'], $extra: { html: '<b>x</b>' }, Ünïcode: '日本語' },
      value: 42.5, valueCurrency: 'EUR', uniqueId: 'order-1', time: new Date('2026-03-04T05:06:07.890Z'),
    });
    assert.deepEqual([response.status, response.data], [202, '']);
    const metric = await metricNamed(name);
    const [event] = await eventsOf(metric.id);
    const { body } = await shop.events.getEvent(event.id, { include: ['profile', 'metric'] });
    const { eventProperties, timestamp, datetime } = body.data.attributes;
    assert.deepEqual(
      [eventProperties.$value, eventProperties.$value_currency, eventProperties.$event_id, eventProperties.Ünïcode],
      [42.5, 'EUR', 'order-1', '日本語'],
    );
    assert.deepEqual(eventProperties.Items, ['Boots', 'Socks']);
    assert.equal(timestamp, 1772600767);
    assert.equal(datetime.getTime(), 1772600767000);
    assert.deepEqual(new Set(body.included.map(({ type }) => type)), new Set(['profile', 'metric']));
  });

  it('an event leads to its metric and its profile', async () => {
    const [name, email] = [fresh('Viewed Product'), freshEmail('viewer')];
    await record(name, email);
    const metric = await metricNamed(name);
    const [{ id, relationships }] = await eventsOf(metric.id);
    assert.equal((await shop.events.getMetricForEvent(id)).body.data.id, metric.id);
    assert.equal((await shop.events.getMetricIdForEvent(id)).body.data.id, metric.id);
    assert.equal((await shop.events.getProfileForEvent(id)).body.data.attributes.email, email);
    assert.equal((await shop.events.getProfileIdForEvent(id)).body.data.id, relationships.profile.data.id);
  });

  it('an event of a known person changes that profile and makes no other', async () => {
    const email = freshEmail('known');
    const profile = await newProfile({ email, firstName: 'Before' });
    const name = fresh('Ran');
    await shop.events.createEvent({
      data: {
        type: 'event',
        attributes: {
          properties: {},
          metric: { data: { type: 'metric', attributes: { name } } },
          profile: { data: { type: 'profile', attributes: { email, firstName: 'After', properties: { laps: 3 } } } },
        },
      },
    });
    const [event] = await eventsOf((await metricNamed(name)).id);
    assert.equal(event.relationships.profile.data.id, profile.id);
    const { body } = await shop.profiles.getProfile(profile.id);
    assert.equal(body.data.attributes.firstName, 'After');
    assert.deepEqual(body.data.attributes.properties, { laps: 3 });
    assert.equal(body.data.attributes.lastEventDate instanceof Date, true);
  });

  it('the same event twice is kept once, the first', async () => {
    const [name, email] = [fresh('Deduplicated'), freshEmail('twice')];
    await record(name, email, { uniqueId: 'same', properties: { try: 1 } });
    await record(name, email, { uniqueId: 'same', properties: { try: 2 } });
    await record(name, email, { uniqueId: 'other' });
    const events = await eventsOf((await metricNamed(name)).id, 2);
    assert.equal(events.length, 2);
    const same = events.find(({ attributes }) => attributes.eventProperties.$event_id === 'same');
    assert.equal(same.attributes.eventProperties.try, 1);
  });

  it('bulk events are all kept and read page by page, newest first', async () => {
    const name = fresh('Bulk');
    const start = Date.parse('2026-01-01T00:00:00Z');
    const entries = Array.from({ length: 50 }, (_, person) => ({
      email: freshEmail('bulk'),
      events: Array.from({ length: 10 }, (_, i) => ({
        uniqueId: `${person}-${i}`, time: new Date(start + (person * 10 + i) * 1000), value: i,
      })),
    }));
    await bulk(name, entries);
    const metric = await metricNamed(name);
    await eventsOf(metric.id, 500);
    const filter = new FilterBuilder().equals('metric_id', metric.id).build();
    const { all, pages } = await everyPage((pageCursor) => shop.events.getEvents({ filter, pageCursor }));
    assert.equal(pages, 3);
    assert.equal(new Set(all.map(({ id }) => id)).size, 500);
    const times = all.map(({ attributes }) => attributes.timestamp);
    assert.deepEqual(times, [...times].sort((one, other) => other - one));
  });

  it('one bad event refuses the whole bulk and keeps nothing', async () => {
    const name = fresh('Half good');
    const email = freshEmail('half');
    await refused(bulk(name, [{ email, events: [{ uniqueId: 'good' }, { uniqueId: 'bad', value: 'much' }] }]), 400);
    await refused(bulk(name, [{ email, events: [{ uniqueId: 'same' }, { uniqueId: 'same' }] }]), 400);
    const filter = new FilterBuilder().equals('email', email).build();
    assert.deepEqual(ids((await shop.profiles.getProfiles({ filter })).body), []);
  });

  it('events are filtered by person and time', async () => {
    const [name, email] = [fresh('Timed'), freshEmail('timed')];
    for (const day of ['01', '02', '03']) {
      await record(name, email, { time: new Date(`2026-02-${day}T00:00:00Z`), uniqueId: day });
    }
    const metric = await metricNamed(name);
    const [{ relationships }] = await eventsOf(metric.id, 3);
    const filter = [
      `equals(profile_id,"${relationships.profile.data.id}")`,
      'greater-or-equal(datetime,2026-02-02T00:00:00Z)',
      'less-than(datetime,2026-02-03T00:00:00Z)',
    ].join(',');
    const { body } = await shop.events.getEvents({ filter });
    assert.deepEqual(body.data.map(({ attributes }) => attributes.eventProperties.$event_id), ['02']);
  });

  it('an event of nobody and one of no metric are refused', async () => {
    const nobody = {
      data: {
        type: 'event',
        attributes: {
          properties: {},
          metric: { data: { type: 'metric', attributes: { name: 'X' } } },
          profile: { data: { type: 'profile', attributes: {} } },
        },
      },
    };
    await refused(shop.events.createEvent(nobody), 400);
    await refused(record('', freshEmail()), 400);
  });

  it('an id that cannot be one is told apart', async () => {
    const [error] = await refused(shop.events.getEvent('NOPE01'), 400);
    assert.equal(error.detail, "Invalid Event ID: 'NOPE01'");
  });
});
