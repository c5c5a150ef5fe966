import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMPANY, KEY } from '../src/server.mjs';
import { FilterBuilder } from '../src/shop.mjs';
import { fresh, proxy, shop } from '../src/world.mjs';
import { eventsOf, freshEmail, metricNamed, newList } from './made.mjs';

/** Posts as a page of another origin does: with the company id and without a key. */
export async function post(path, data, company = COMPANY) {
  const answer = await fetch(`${proxy.url}/client/${path}?company_id=${company}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/vnd.api+json', revision: '2026-04-15', origin: 'https://shop.example',
    },
    body: JSON.stringify({ data }),
  });
  return { status: answer.status, body: await answer.text(), headers: answer.headers };
}

export async function taken(path, data) {
  const { status, body } = await post(path, data);
  assert.deepEqual([status, body], [202, '']);
}

function profile(attributes) {
  return { data: { type: 'profile', attributes } };
}

function metric(name) {
  return { data: { type: 'metric', attributes: { name } } };
}

async function found(email) {
  return (await shop.profiles.getProfiles({ filter: new FilterBuilder().equals('email', email).build() })).body.data;
}

describe('what a browser may do', () => {
  it('records an event of a person, readable from any origin', async () => {
    const [name, email] = [fresh('Viewed Product'), freshEmail('browser')];
    const attributes = { properties: { ProductID: '7' }, metric: metric(name), profile: profile({ email }) };
    await taken('events', { type: 'event', attributes });
    const [event] = await eventsOf((await metricNamed(name)).id);
    assert.equal(event.attributes.eventProperties.ProductID, '7');
    assert.equal((await found(email)).length, 1);
    const { headers } = await post('events', { type: 'event', attributes });
    assert.equal(headers.get('access-control-allow-origin'), '*');
  });

  it('records many events of one person at once', async () => {
    const name = fresh('Scrolled');
    const data = [1, 2, 3].map((i) => ({
      type: 'event', attributes: { properties: {}, unique_id: String(i), metric: metric(name) },
    }));
    const attributes = { profile: profile({ email: freshEmail('scroller') }), events: { data } };
    await taken('event-bulk-create', { type: 'event-bulk-create', attributes });
    assert.equal((await eventsOf((await metricNamed(name)).id, 3)).length, 3);
  });

  it('makes a profile, changes it, and never changes who it is', async () => {
    const email = freshEmail('visitor');
    await taken('profiles', { type: 'profile', attributes: { email, first_name: 'Ada' } });
    await taken('profiles', {
      type: 'profile',
      attributes: { email, phone_number: '+12015550177', first_name: 'Grace' },
      meta: { patch_properties: { append: { seen: 'boots' } } },
    });
    const [{ attributes }] = await found(email);
    assert.deepEqual([attributes.firstName, attributes.phoneNumber ?? null], ['Grace', null]);
    assert.deepEqual(attributes.properties, { seen: ['boots'] });
  });

  it('subscribes to a list and registers devices', async () => {
    const [email, list] = [freshEmail('subscriber'), await newList()];
    await taken('subscriptions', {
      type: 'subscription',
      attributes: { custom_source: 'Footer', profile: profile({ email, first_name: 'Ada' }) },
      relationships: { list: { data: { type: 'list', id: list.id } } },
    });
    const [{ id, attributes }] = (await shop.lists.getProfilesForList(list.id, {})).body.data;
    assert.deepEqual([attributes.email, attributes.firstName], [email, 'Ada']);
    const device = { token: fresh('token'), platform: 'ios', vendor: 'apns', profile: profile({ email }) };
    await taken('push-tokens', { type: 'push-token', attributes: device });
    assert.equal((await shop.profiles.getPushTokensForProfile(id)).body.data.length, 1);
    await taken('push-token-unregister', { type: 'push-token-unregister', attributes: device });
    assert.equal((await shop.profiles.getPushTokensForProfile(id)).body.data.length, 0);
  });

  it('tells the geofences, the nearest first', async () => {
    const put = (id, latitude, longitude) => fetch(`${proxy.url}/carillon/geofences`, {
      method: 'POST',
      headers: { authorization: `Klaviyo-API-Key ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ data: { type: 'geofence', id, attributes: { latitude, longitude, radius: 100 } } }),
    });
    for (const [id, latitude, longitude] of [['far', 51.5, -0.1], ['near', 40.7, -74]]) {
      assert.equal((await put(id, latitude, longitude)).status, 201);
    }
    const answer = await fetch(`${proxy.url}/client/geofences?company_id=${COMPANY}`, {
      headers: { revision: '2026-04-15', 'x-klaviyo-api-filters': 'and(equals(lat,40.71),equals(lng,-74.00))' },
    });
    assert.deepEqual((await answer.json()).data.map(({ id }) => id), ['near', 'far']);
  });

  it('is refused for an unknown company', async () => {
    const { status } = await post('profiles', { type: 'profile', attributes: { email: freshEmail() } }, 'NOBODY');
    assert.equal(status, 400);
  });
});
