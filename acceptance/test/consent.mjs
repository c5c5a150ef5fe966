import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ids, refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, shop } from '../src/world.mjs';
import { freshEmail, newList, newProfile, subscribe } from './made.mjs';

const REFUSED = { email: { marketing: { consent: 'UNSUBSCRIBED' } } };

async function mailOf(id) {
  const { body } = await shop.profiles.getProfile(id, { additionalFieldsProfile: ['subscriptions'] });
  return body.data.attributes.subscriptions.email.marketing;
}

function unsubscribe(email, list) {
  return shop.profiles.bulkUnsubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-delete-job',
      attributes: { profiles: { data: [{ type: 'profile', attributes: { email, subscriptions: REFUSED } }] } },
      ...(list && { relationships: { list: { data: { type: 'list', id: list } } } }),
    },
  });
}

const addresses = (...emails) => ({ data: emails.map((email) => ({ type: 'profile', attributes: { email } })) });

function complete(read, job) {
  return eventually(`job ${job} to be complete`, async () => {
    const { attributes } = (await read(job)).body.data;
    return attributes.status === 'complete' && attributes;
  });
}

const register = (token, attributes) =>
  shop.profiles.createPushToken({
    data: {
      type: 'push-token',
      attributes: { token, platform: 'ios', vendor: 'apns', profile: { data: { type: 'profile', attributes } } },
    },
  });

describe('consent', () => {
  it('a member leaves a list, and then all mail', async () => {
    const list = await newList();
    const email = freshEmail('leaver');
    const id = (await subscribe(list.id, [email])).get(email);
    await unsubscribe(email, list.id);
    const left = await mailOf(id);
    assert.equal(left.consent, 'SUBSCRIBED');
    assert.deepEqual(left.listSuppressions.map((one) => one.listId), [list.id]);
    assert.deepEqual(ids((await shop.lists.getProfileIdsForList(list.id)).body), []);
    await unsubscribe(email);
    const gone = await mailOf(id);
    assert.deepEqual([gone.consent, gone.canReceiveEmailMarketing], ['UNSUBSCRIBED', false]);
  });

  it('people are suppressed and freed by jobs that count', async () => {
    const email = freshEmail('suppressed');
    const { id } = await newProfile({ email });
    const { body: begun } = await shop.profiles.bulkSuppressProfiles({
      data: { type: 'profile-suppression-bulk-create-job', attributes: { profiles: addresses(email) } },
    });
    const suppressed = await complete((job) => shop.profiles.getBulkSuppressProfilesJob(job), begun.data.id);
    assert.deepEqual([suppressed.totalCount, suppressed.completedCount, suppressed.skippedCount], [1, 1, 0]);
    assert.deepEqual((await mailOf(id)).suppression.map(({ reason }) => reason), ['USER_SUPPRESSED']);
    assert.ok(ids((await shop.profiles.getBulkSuppressProfilesJobs()).body).includes(begun.data.id));
    const { body: ended } = await shop.profiles.bulkUnsuppressProfiles({
      data: {
        type: 'profile-suppression-bulk-delete-job',
        attributes: { profiles: addresses(email, freshEmail('nobody')) },
      },
    });
    const freed = await complete((job) => shop.profiles.getBulkUnsuppressProfilesJob(job), ended.data.id);
    assert.deepEqual([freed.totalCount, freed.completedCount, freed.skippedCount], [2, 1, 1]);
    assert.deepEqual((await mailOf(id)).suppression, []);
    assert.ok(ids((await shop.profiles.getBulkUnsuppressProfilesJobs()).body).includes(ended.data.id));
  });

  it('all on a list are suppressed', async () => {
    const list = await newList();
    const { id } = await newProfile({ email: freshEmail('listed') });
    await shop.lists.addProfilesToList(list.id, { data: [{ type: 'profile', id }] });
    const { body } = await shop.profiles.bulkSuppressProfiles({
      data: {
        type: 'profile-suppression-bulk-create-job',
        attributes: {},
        relationships: { list: { data: { type: 'list', id: list.id } } },
      },
    });
    await complete((job) => shop.profiles.getBulkSuppressProfilesJob(job), body.data.id);
    assert.equal((await mailOf(id)).canReceiveEmailMarketing, false);
  });

  it('a push token is registered, found from both sides, and deleted', async () => {
    const profile = await newProfile({ email: freshEmail('device') });
    await register(fresh('token'), { email: profile.attributes.email });
    const filter = `equals(profile.id,"${profile.id}")`;
    const { body } = await shop.profiles.getPushTokens({ filter, include: ['profile'] });
    assert.deepEqual(body.included.map(({ id }) => id), [profile.id]);
    const [id] = ids(body);
    assert.equal((await shop.profiles.getPushToken(id)).body.data.attributes.platform, 'ios');
    assert.equal((await shop.profiles.getProfileForPushToken(id)).body.data.id, profile.id);
    assert.equal((await shop.profiles.getProfileIdForPushToken(id)).body.data.id, profile.id);
    assert.deepEqual(ids((await shop.profiles.getPushTokensForProfile(profile.id)).body), [id]);
    assert.deepEqual(ids((await shop.profiles.getPushTokenIdsForProfile(profile.id)).body), [id]);
    await shop.profiles.deletePushToken(id);
    await refused(shop.profiles.getPushToken(id), 404);
  });

  it('nobody has a conversation yet, so nothing can be said in one', async () => {
    const { id } = await newProfile({ email: freshEmail('silent') });
    assert.equal((await shop.profiles.getConversationForProfile(id)).body.data, null);
    assert.equal((await shop.profiles.getConversationIdForProfile(id)).body.data, null);
    await refused(
      shop.conversations.createConversationMessage({
        data: {
          type: 'conversation-message',
          attributes: { body: 'Hello' },
          relationships: { conversation: { data: { type: 'conversation', id: '1' } } },
        },
      }),
      403,
    );
  });
});
