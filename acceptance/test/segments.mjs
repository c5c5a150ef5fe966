import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask } from '../src/plain.mjs';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, proxy, shop } from '../src/world.mjs';
import { freshEmail, newProfile } from './made.mjs';

const town = (value) => ({
  conditionGroups: [{
    conditions: [{
      type: 'profile-property', property: "properties['town']",
      filter: { type: 'string', operator: 'equals', value },
    }],
  }],
});

/** The segment of those who live in a town of their own, computed. */
async function newSegment(place) {
  const attributes = { name: fresh('Townspeople'), definition: town(place) };
  const { body } = await shop.segments.createSegment({ data: { type: 'segment', attributes } });
  assert.equal(body.data.attributes.isProcessing, true);
  await settled(body.data.id);
  return body.data;
}

const settled = (id) => eventually(`segment ${id} to be computed`, async () =>
  !(await shop.segments.getSegment(id)).body.data.attributes.isProcessing);

const living = (place) => newProfile({ email: freshEmail('townsman'), properties: { town: place } });

const members = async (id) => ids((await shop.segments.getProfileIdsForSegment(id)).body).sort();

const change = (id, attributes) => shop.segments.updateSegment(id, { data: { type: 'segment', id, attributes } });

describe('segments', () => {
  it('a segment is made, read, changed and deleted', async () => {
    const segment = await newSegment(fresh('Rome'));
    assert.equal(segment.attributes.isActive, true);
    const name = fresh('Renamed');
    const { body } = await change(segment.id, { name, isStarred: true });
    assert.deepEqual([body.data.attributes.name, body.data.attributes.isStarred], [name, true]);
    const filter = new FilterBuilder().equals('name', name).build();
    assert.deepEqual(ids((await shop.segments.getSegments({ filter })).body), [segment.id]);
    await shop.segments.deleteSegment(segment.id);
    const [error] = await refused(shop.segments.getSegment(segment.id), 404);
    assert.equal(error.detail, `A segment with id \`${segment.id}\` does not exist.`);
  });

  it('people are members as soon as they match, and until they do not', async () => {
    const place = fresh('Oslo');
    const segment = await newSegment(place);
    const one = await living(place);
    await eventually('a member', async () => (await members(segment.id)).includes(one.id));
    const counted = await shop.segments.getSegment(segment.id, { additionalFieldsSegment: ['profile_count'] });
    assert.equal(counted.body.data.attributes.profileCount, 1);
    const [told] = (await shop.segments.getProfilesForSegment(segment.id)).body.data;
    assert.equal(told.id, one.id);
    assert.ok(told.attributes.joinedGroupAt instanceof Date);
    assert.deepEqual(ids((await shop.profiles.getSegmentsForProfile(one.id)).body), [segment.id]);
    assert.deepEqual(ids((await shop.profiles.getSegmentIdsForProfile(one.id)).body), [segment.id]);
    await change(segment.id, { definition: town(fresh('Nowhere')) });
    await settled(segment.id);
    assert.deepEqual(await members(segment.id), []);
  });

  it('all members are read page by page', async () => {
    const place = fresh('Paris');
    const people = await Promise.all(Array.from({ length: 25 }, () => living(place)));
    const segment = await newSegment(place);
    const { all, pages } = await everyPage((pageCursor) =>
      shop.segments.getProfilesForSegment(segment.id, { pageSize: 10, sort: '-joined_group_at', pageCursor }),
    );
    assert.equal(pages, 3);
    assert.deepEqual(all.map(({ id }) => id).sort(), people.map(({ id }) => id).sort());
  });

  it('a segment is tagged and starts no flows yet', async () => {
    const segment = await newSegment(fresh('Bern'));
    const attributes = { name: fresh('Tag') };
    const tag = (await shop.tags.createTag({ data: { type: 'tag', attributes } })).body.data;
    await shop.tags.tagSegments(tag.id, { data: [{ type: 'segment', id: segment.id }] });
    assert.deepEqual(ids((await shop.segments.getTagsForSegment(segment.id)).body), [tag.id]);
    assert.deepEqual(ids((await shop.segments.getTagIdsForSegment(segment.id)).body), [tag.id]);
    assert.deepEqual(ids((await shop.tags.getSegmentIdsForTag(tag.id)).body), [segment.id]);
    assert.deepEqual(ids((await shop.segments.getFlowsTriggeredBySegment(segment.id)).body), []);
    assert.deepEqual(ids((await shop.segments.getIdsForFlowsTriggeredBySegment(segment.id)).body), []);
  });

  it('a definition is previewed before it is saved', async () => {
    const place = fresh('Lima');
    const one = await living(place);
    const definition = {
      condition_groups: [{
        conditions: [{
          type: 'profile-property', property: "properties['town']",
          filter: { type: 'string', operator: 'equals', value: place },
        }],
      }],
    };
    const data = { type: 'segment-preview', attributes: { definition } };
    const preview = (await ask(proxy.url, 'POST', '/carillon/segment-previews', { data })).data;
    assert.equal(preview.attributes.profile_count, 1);
    assert.deepEqual(preview.relationships.profiles.data, [{ type: 'profile', id: one.id }]);
  });
});
