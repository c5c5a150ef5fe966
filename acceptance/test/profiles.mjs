import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { ask } from '../src/plain.mjs';
import { fresh, proxy, shop } from '../src/world.mjs';
import { eventsOf, freshEmail, metricNamed, newList, newProfile, record, subscribe } from './made.mjs';

const upsert = (attributes, more = {}) =>
  shop.profiles.createOrUpdateProfile({ data: { type: 'profile', attributes, ...more } });

const change = (id, attributes) => shop.profiles.updateProfile(id, { data: { type: 'profile', id, attributes } });

async function attributes(id, options) {
  return (await shop.profiles.getProfile(id, options)).body.data.attributes;
}

describe('profiles', () => {
  it('a profile keeps everything it was made with', async () => {
    const email = freshEmail('Ada');
    const profile = await newProfile({
      email: ` ${email.toUpperCase()} `.trim(),
      phoneNumber: '+4915123456789',
      externalId: fresh('customer'),
      firstName: 'Ada',
      lastName: 'Lovelace',
      organization: 'Analytical Engines',
      locale: 'en-GB',
      title: 'Countess',
      image: 'https://pictures.invalid/ada.png',
      location: { city: 'London', country: 'United Kingdom', zip: 'SW1', timezone: 'Europe/London' },
      properties: { plan: 'gold', numbers: [1, 2.5, -3], nested: { deep: { deeper: true } }, none: null },
    });
    const read = await attributes(profile.id);
    assert.equal(read.email, email);
    assert.deepEqual([read.firstName, read.lastName, read.title], ['Ada', 'Lovelace', 'Countess']);
    assert.deepEqual([read.location.city, read.location.address1], ['London', null]);
    assert.deepEqual(read.properties, {
      plan: 'gold', numbers: [1, 2.5, -3], nested: { deep: { deeper: true } }, none: null,
    });
  });

  it('a second profile with an identifier that is taken is refused and told whose it is', async () => {
    const email = freshEmail('taken');
    const first = await newProfile({ email });
    const [error] = await refused(newProfile({ email, firstName: 'Imposter' }), 409);
    assert.equal(error.code, 'duplicate_profile');
    assert.equal(error.meta.duplicate_profile_id, first.id);
    assert.equal((await attributes(first.id)).firstName, null);
  });

  it('a wrong address is refused with a pointer', async () => {
    const [error] = await refused(newProfile({ email: 'not an address' }), 400);
    assert.deepEqual([error.detail, error.source.pointer], ['Invalid email address', '/data/attributes/email']);
  });

  it('import makes a profile once and then changes it', async () => {
    const email = freshEmail('import');
    const made = await upsert({ email, firstName: 'One', properties: { a: 1, b: 2 } });
    const changed = await upsert({ email, firstName: 'Two', properties: { b: 3 } });
    assert.deepEqual([made.response.status, changed.response.status], [201, 200]);
    assert.equal(changed.body.data.id, made.body.data.id);
    const read = await attributes(made.body.data.id);
    assert.equal(read.firstName, 'Two');
    assert.deepEqual(read.properties, { a: 1, b: 3 });
  });

  it('a change keeps what it does not name, and null clears', async () => {
    const profile = await newProfile({ email: freshEmail('change'), firstName: 'Keep', lastName: 'Clear' });
    await change(profile.id, { lastName: null, title: 'New' });
    const read = await attributes(profile.id);
    assert.deepEqual([read.firstName, read.lastName, read.title], ['Keep', null, 'New']);
  });

  it('properties are appended to, taken from and removed', async () => {
    const profile = await newProfile({
      email: freshEmail('patch'), properties: { colours: ['red', 'blue'], sizes: ['S', 'M'], old: 1 },
    });
    // The SDK's own serializer fails on `unset`.
    const patch_properties = { append: { colours: 'green' }, unappend: { sizes: 'S' }, unset: 'old' };
    const body = { data: { type: 'profile', id: profile.id, attributes: {}, meta: { patch_properties } } };
    await ask(proxy.url, 'PATCH', `/api/profiles/${profile.id}`, body);
    assert.deepEqual((await attributes(profile.id)).properties, { colours: ['red', 'blue', 'green'], sizes: ['M'] });
  });

  it('an address with a plus and quotes in a name are found by filter', async () => {
    const email = freshEmail('plus').replace('@', '+shop@');
    const profile = await newProfile({ email });
    const filter = new FilterBuilder().equals('email', email).build();
    assert.deepEqual(ids((await shop.profiles.getProfiles({ filter })).body), [profile.id]);
  });

  it('more profiles than fit a page are read by following the next links', async () => {
    const made = [];
    for (let i = 0; i < 45; i++) {
      made.push((await newProfile({ externalId: fresh('paged') })).id);
    }
    const filter = `any(id,[${made.map((id) => `"${id}"`)}])`;
    const { all, pages } = await everyPage((pageCursor) =>
      shop.profiles.getProfiles({ filter, pageSize: 20, pageCursor }),
    );
    assert.equal(pages, 3);
    assert.deepEqual(all.map(({ id }) => id).sort(), made.sort());
  });

  it('subscriptions are shown only when asked for, and say what may be sent', async () => {
    const profile = await newProfile({ email: freshEmail('silent') });
    assert.equal((await attributes(profile.id)).subscriptions, undefined);
    const { subscriptions } = await attributes(profile.id, { additionalFieldsProfile: ['subscriptions'] });
    assert.equal(subscriptions.email.marketing.consent, 'NEVER_SUBSCRIBED');
    assert.equal(subscriptions.email.marketing.canReceiveEmailMarketing, true);
  });

  it('who subscribes is a member with consent, and an event tells', async () => {
    const list = await newList();
    const email = freshEmail('subscriber');
    const id = (await subscribe(list.id, [email])).get(email);
    const { subscriptions } = await attributes(id, { additionalFieldsProfile: ['subscriptions'] });
    assert.equal(subscriptions.email.marketing.consent, 'SUBSCRIBED');
    assert.equal(subscriptions.email.marketing.customMethodDetail, 'acceptance');
    const metric = await metricNamed('Subscribed to Email Marketing');
    const mine = await eventually('the event of the subscription', async () =>
      (await eventsOf(metric.id)).find((event) => event.relationships.profile.data.id === id),
    );
    assert.equal(mine.attributes.eventProperties.email_address, email);
  });

  it('nobody joins a double opt-in list before confirming', async () => {
    const list = await newList(fresh('Careful'), 'double_opt_in');
    const other = await newList();
    const email = freshEmail('unconfirmed');
    const data = [
      { type: 'profile', attributes: { email, subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } } } },
    ];
    await shop.profiles.bulkSubscribeProfiles({
      data: {
        type: 'profile-subscription-bulk-create-job',
        attributes: { profiles: { data } },
        relationships: { list: { data: { type: 'list', id: list.id } } },
      },
    });
    await subscribe(other.id, [freshEmail('later')]);
    assert.deepEqual(ids((await shop.lists.getProfilesForList(list.id)).body), []);
  });

  it('a channel without its identifier cannot be subscribed', async () => {
    const data = [
      { type: 'profile', attributes: { phoneNumber: '+4915123456788', subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } } } },
    ];
    await refused(
      shop.profiles.bulkSubscribeProfiles({
        data: { type: 'profile-subscription-bulk-create-job', attributes: { profiles: { data } } },
      }),
      400,
    );
  });

  it('merging moves events and memberships, and the source is gone', async () => {
    const list = await newList();
    const [from, into] = [freshEmail('source'), freshEmail('destination')];
    const source = await newProfile({ email: from, firstName: 'Source', title: 'Kept' });
    const destination = await newProfile({ email: into, firstName: 'Destination' });
    await shop.lists.addProfilesToList(list.id, { data: [{ type: 'profile', id: source.id }] });
    const metric = fresh('Merged metric');
    await record(metric, from);
    const { id } = await metricNamed(metric);
    await eventsOf(id);
    await shop.profiles.mergeProfiles({
      data: {
        type: 'profile-merge',
        id: destination.id,
        relationships: { profiles: { data: [{ type: 'profile', id: source.id }] } },
      },
    });
    await eventually('the source to be gone', () =>
      shop.profiles.getProfile(source.id).then(() => false, (error) => error.response.status === 404),
    );
    const read = await attributes(destination.id);
    assert.deepEqual([read.firstName, read.title], ['Destination', 'Kept']);
    assert.deepEqual(ids((await shop.lists.getProfileIdsForList(list.id)).body), [destination.id]);
    const [event] = await eventsOf(id);
    assert.equal(event.relationships.profile.data.id, destination.id);
  });

  it('a profile cannot be merged into itself', async () => {
    const { id } = await newProfile({ email: freshEmail('self') });
    const query = {
      data: { type: 'profile-merge', id, relationships: { profiles: { data: [{ type: 'profile', id }] } } },
    };
    await refused(shop.profiles.mergeProfiles(query), 400);
  });

  it('a profile is in no segment yet', async () => {
    const { id } = await newProfile({ email: freshEmail('segmentless') });
    assert.deepEqual(ids((await shop.profiles.getSegmentsForProfile(id)).body), []);
    assert.deepEqual(ids((await shop.profiles.getSegmentIdsForProfile(id)).body), []);
  });

  it('lists and segments can be included', async () => {
    const list = await newList();
    const { id } = await newProfile({ email: freshEmail('included') });
    await shop.lists.addProfilesToList(list.id, { data: [{ type: 'profile', id }] });
    const { body } = await shop.profiles.getProfile(id, { include: ['lists', 'segments'] });
    assert.deepEqual(body.included.map((one) => one.id), [list.id]);
    assert.deepEqual(body.data.relationships.segments.data, []);
  });
});
