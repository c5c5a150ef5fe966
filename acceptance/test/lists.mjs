import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { fresh, shop } from '../src/world.mjs';
import { freshEmail, newList, newProfile } from './made.mjs';

const linkage = (...all) => ({ data: all.map((id) => ({ type: 'profile', id })) });

const people = (count) => Promise.all(Array.from({ length: count }, () => newProfile({ email: freshEmail('member') })));

describe('lists', () => {
  it('a list is made, read, renamed and deleted', async () => {
    const list = await newList(fresh('Newsletter'), 'double_opt_in');
    assert.equal(list.attributes.optInProcess, 'double_opt_in');
    const name = fresh('Weekly news');
    const changed = await shop.lists.updateList(list.id, { data: { type: 'list', id: list.id, attributes: { name } } });
    assert.equal(changed.body.data.attributes.name, name);
    assert.equal(changed.body.data.attributes.optInProcess, 'double_opt_in');
    await shop.lists.deleteList(list.id);
    const [error] = await refused(shop.lists.getList(list.id), 404);
    assert.equal(error.detail, `A list with id \`${list.id}\` does not exist.`);
  });

  it('lists are found by name and only as the operators allow', async () => {
    const list = await newList(fresh('Findable'));
    const filter = new FilterBuilder().equals('name', list.attributes.name).build();
    assert.deepEqual(ids((await shop.lists.getLists({ filter })).body), [list.id]);
    const [error] = await refused(shop.lists.getLists({ filter: 'contains(name,"Find")' }), 400);
    assert.equal(error.source.parameter, 'filter');
  });

  it('more lists than fit a page are read by following the next links', async () => {
    const made = [];
    for (let i = 0; i < 23; i++) {
      made.push((await newList(fresh('Paged'))).id);
    }
    const filter = `any(id,[${made.map((id) => `"${id}"`)}])`;
    const { all, pages } = await everyPage((pageCursor) => shop.lists.getLists({ filter, sort: 'created', pageCursor }));
    assert.equal(pages, 3);
    assert.deepEqual(all.map(({ id }) => id).sort(), made.sort());
  });

  it('members are added, counted, read from both sides and removed', async () => {
    const list = await newList();
    const members = await people(5);
    await shop.lists.addProfilesToList(list.id, linkage(...members.map(({ id }) => id)));
    const counted = await shop.lists.getList(list.id, { additionalFieldsList: ['profile_count'] });
    assert.equal(counted.body.data.attributes.profileCount, 5);
    assert.deepEqual(ids((await shop.profiles.getListsForProfile(members[0].id)).body), [list.id]);
    assert.deepEqual(ids((await shop.profiles.getListIdsForProfile(members[0].id)).body), [list.id]);
    await shop.lists.removeProfilesFromList(list.id, linkage(members[0].id));
    const left = ids((await shop.lists.getProfileIdsForList(list.id)).body).sort();
    assert.deepEqual(left, members.slice(1).map(({ id }) => id).sort());
    assert.equal((await shop.profiles.getProfile(members[0].id)).body.data.id, members[0].id);
  });

  it('adding a member twice is no error and counts once', async () => {
    const list = await newList();
    const [member] = await people(1);
    await shop.lists.addProfilesToList(list.id, linkage(member.id));
    await shop.lists.addProfilesToList(list.id, linkage(member.id));
    assert.deepEqual(ids((await shop.lists.getProfilesForList(list.id)).body), [member.id]);
  });

  it('all members are read page by page, each with the time of joining', async () => {
    const list = await newList();
    const members = (await people(25)).map(({ id }) => id);
    await shop.lists.addProfilesToList(list.id, linkage(...members));
    const { all, pages } = await everyPage((pageCursor) =>
      shop.lists.getProfilesForList(list.id, { pageSize: 10, sort: 'joined_group_at', pageCursor }),
    );
    assert.equal(pages, 3);
    assert.deepEqual(all.map(({ id }) => id).sort(), members.sort());
    assert.ok(all.every(({ attributes }) => attributes.joinedGroupAt instanceof Date));
  });

  it('a member is found by address', async () => {
    const list = await newList();
    const [one, other] = await people(2);
    await shop.lists.addProfilesToList(list.id, linkage(one.id, other.id));
    const filter = new FilterBuilder().equals('email', one.attributes.email).build();
    assert.deepEqual(ids((await shop.lists.getProfilesForList(list.id, { filter })).body), [one.id]);
  });

  it('a list starts no flows yet', async () => {
    const list = await newList();
    assert.deepEqual(ids((await shop.lists.getFlowsTriggeredByList(list.id)).body), []);
    assert.deepEqual(ids((await shop.lists.getIdsForFlowsTriggeredByList(list.id)).body), []);
  });

  it('unknown profiles cannot be added, and then none is', async () => {
    const list = await newList();
    const [member] = await people(1);
    await refused(shop.lists.addProfilesToList(list.id, linkage(member.id, '01ARZ3NDEKTSV4RRFFQ69G5FAV')), 404);
    assert.deepEqual(ids((await shop.lists.getProfileIdsForList(list.id)).body), []);
  });
});
