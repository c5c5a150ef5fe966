import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { fresh, shop } from '../src/world.mjs';
import { newCampaign, newList } from './made.mjs';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

async function newTag(name, group) {
  const relationships = group && { tagGroup: { data: { type: 'tag-group', id: group } } };
  const { body } = await shop.tags.createTag({ data: { type: 'tag', attributes: { name }, relationships } });
  return body.data;
}

async function newGroup(name, exclusive) {
  const { body } = await shop.tags.createTagGroup({ data: { type: 'tag-group', attributes: { name, exclusive } } });
  return body.data;
}

const linkage = (type, ...all) => ({ data: all.map((id) => ({ type, id })) });

describe('tags', () => {
  it('a new tag is in the default group and can be read with it', async () => {
    const tag = await newTag(fresh('Summer'));
    const { body } = await shop.tags.getTag(tag.id, { include: ['tag-group'] });
    assert.equal(body.data.attributes.name, tag.attributes.name);
    assert.equal(body.included[0].attributes._default, true);
    assert.equal(body.included[0].id, body.data.relationships.tagGroup.data.id);
  });

  it('renaming a tag keeps its id and its group', async () => {
    const group = await newGroup(fresh('Seasons'));
    const tag = await newTag(fresh('Autumn'), group.id);
    const name = fresh('Fall');
    const { response } = await shop.tags.updateTag(tag.id, { data: { type: 'tag', id: tag.id, attributes: { name } } });
    assert.equal(response.status, 204);
    const { body } = await shop.tags.getTag(tag.id);
    assert.equal(body.data.attributes.name, name);
    assert.equal(body.data.relationships.tagGroup.data.id, group.id);
  });

  it('a deleted tag is gone', async () => {
    const tag = await newTag(fresh('Winter'));
    await shop.tags.deleteTag(tag.id);
    const [error] = await refused(shop.tags.getTag(tag.id), 404);
    assert.equal(error.detail, `A tag with id ${tag.id} does not exist.`);
  });

  it('all pages are followed by their next links, each tag once, in the order asked for', async () => {
    const word = fresh('paged');
    const made = [];
    for (let i = 0; i < 120; i++) {
      made.push((await newTag(`${word} ${String(i).padStart(3, '0')}`)).id);
    }
    const filter = new FilterBuilder().contains('name', word).build();
    const { all, pages } = await everyPage((pageCursor) => shop.tags.getTags({ filter, sort: '-name', pageCursor }));
    assert.equal(pages, 3);
    assert.deepEqual(all.map(({ id }) => id), made.reverse());
    await Promise.all(made.map((id) => shop.tags.deleteTag(id)));
  });

  it('a cursor that was tampered with is refused', async () => {
    const [error] = await refused(shop.tags.getTags({ pageCursor: 'bm90IG91cnM' }), 400);
    assert.equal(error.detail, 'Invalid cursor provided.');
  });

  it('a tag without a name is refused with a pointer to it', async () => {
    const [error] = await refused(shop.tags.createTag({ data: { type: 'tag', attributes: {} } }), 400);
    assert.equal(error.source.pointer, '/data/attributes/name');
  });

  it('a tag in a group that does not exist is refused', async () => {
    const [error] = await refused(newTag(fresh('Lost'), UNKNOWN), 404);
    assert.equal(error.code, 'tag_service_error');
  });

  it('names of any script are kept as they are', async () => {
    const name = fresh('Ünïcode ☃ 日本語 🎈 "quoted", (bracketed)');
    const tag = await newTag(name);
    const filter = new FilterBuilder().equals('name', name).build();
    const { body } = await shop.tags.getTags({ filter });
    assert.deepEqual(ids(body), [tag.id]);
  });
});

describe('tag groups', () => {
  it('a group is made, read, renamed, listed and deleted together with its tags', async () => {
    const group = await newGroup(fresh('Channel'), true);
    const tag = await newTag(fresh('Shop'), group.id);
    const name = fresh('Channels');
    await shop.tags.updateTagGroup(group.id, { data: { type: 'tag-group', id: group.id, attributes: { name } } });
    const { body } = await shop.tags.getTagGroup(group.id);
    assert.deepEqual([body.data.attributes.name, body.data.attributes.exclusive], [name, true]);
    const filter = new FilterBuilder().equals('name', name).build();
    assert.deepEqual(ids((await shop.tags.getTagGroups({ filter })).body), [group.id]);
    await shop.tags.deleteTagGroup(group.id);
    await refused(shop.tags.getTag(tag.id), 404);
    await refused(shop.tags.getTagGroup(group.id), 404);
  });

  it('a group and its tags lead to each other', async () => {
    const group = await newGroup(fresh('Country'));
    const tag = await newTag(fresh('Wales'), group.id);
    assert.equal((await shop.tags.getTagGroupForTag(tag.id)).body.data.id, group.id);
    assert.equal((await shop.tags.getTagGroupIdForTag(tag.id)).body.data.id, group.id);
    assert.deepEqual(ids((await shop.tags.getTagsForTagGroup(group.id)).body), [tag.id]);
    assert.deepEqual(ids((await shop.tags.getTagIdsForTagGroup(group.id)).body), [tag.id]);
  });

  it('the default group stays', async () => {
    const filter = new FilterBuilder().equals('default', true).build();
    const { body } = await shop.tags.getTagGroups({ filter });
    assert.equal(body.data.length, 1);
    await refused(shop.tags.deleteTagGroup(body.data[0].id), 400);
  });
});

describe('tagging', () => {
  it('a list carries its tags and both sides tell so', async () => {
    const tag = await newTag(fresh('Loyal'));
    const list = await newList(fresh('Regulars'));
    await shop.tags.tagLists(tag.id, linkage('list', list.id));
    assert.deepEqual(ids((await shop.tags.getListIdsForTag(tag.id)).body), [list.id]);
    assert.deepEqual(ids((await shop.lists.getTagsForList(list.id)).body), [tag.id]);
    assert.deepEqual(ids((await shop.lists.getTagIdsForList(list.id)).body), [tag.id]);
    await shop.tags.removeTagFromLists(tag.id, linkage('list', list.id));
    assert.deepEqual(ids((await shop.lists.getTagsForList(list.id)).body), []);
  });

  it('a campaign carries its tags and both sides tell so', async () => {
    const tag = await newTag(fresh('Sale'));
    const { campaign } = await newCampaign((await newList(fresh('Buyers'))).id);
    await shop.tags.tagCampaigns(tag.id, linkage('campaign', campaign.id));
    assert.deepEqual(ids((await shop.tags.getCampaignIdsForTag(tag.id)).body), [campaign.id]);
    assert.deepEqual(ids((await shop.campaigns.getTagsForCampaign(campaign.id)).body), [tag.id]);
    assert.deepEqual(ids((await shop.campaigns.getTagIdsForCampaign(campaign.id)).body), [tag.id]);
    await shop.tags.removeTagFromCampaigns(tag.id, linkage('campaign', campaign.id));
    assert.deepEqual(ids((await shop.tags.getCampaignIdsForTag(tag.id)).body), []);
  });

  it('no resource takes two tags of an exclusive group', async () => {
    const group = await newGroup(fresh('Only one'), true);
    const [one, other] = [await newTag(fresh('One'), group.id), await newTag(fresh('Other'), group.id)];
    const list = await newList(fresh('Undecided'));
    await shop.tags.tagLists(one.id, linkage('list', list.id));
    await refused(shop.tags.tagLists(other.id, linkage('list', list.id)), 400);
    assert.deepEqual(ids((await shop.lists.getTagsForList(list.id)).body), [one.id]);
  });

  it('segments and flows that do not exist cannot be tagged, and none is', async () => {
    const tag = await newTag(fresh('Early'));
    await refused(shop.tags.tagSegments(tag.id, linkage('segment', 'ABC123')), 404);
    await refused(shop.tags.tagFlows(tag.id, linkage('flow', 'ABC123')), 404);
    assert.deepEqual(ids((await shop.tags.getSegmentIdsForTag(tag.id)).body), []);
    assert.deepEqual(ids((await shop.tags.getFlowIdsForTag(tag.id)).body), []);
  });

  it('what was never tagged is removed without complaint', async () => {
    const tag = await newTag(fresh('Gone'));
    const list = await newList(fresh('Untagged'));
    await shop.tags.removeTagFromLists(tag.id, linkage('list', list.id));
    await shop.tags.removeTagFromSegments(tag.id, linkage('segment', 'ABC123'));
    await shop.tags.removeTagFromFlows(tag.id, linkage('flow', 'ABC123'));
  });
});
