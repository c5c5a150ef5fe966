import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, ids, refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { KEY } from '../src/server.mjs';
import { fresh, server, shop } from '../src/world.mjs';
import { freshEmail, newList, newProfile } from './made.mjs';

const row = (attributes, more = {}) => ({ type: 'profile', attributes, ...more });

async function start(rows, list) {
  const { body } = await shop.profiles.bulkImportProfiles({
    data: {
      type: 'profile-bulk-import-job',
      attributes: { profiles: { data: rows } },
      ...(list && { relationships: { lists: { data: [{ type: 'list', id: list }] } } }),
    },
  });
  return body.data;
}

const finished = (id) =>
  eventually(`import ${id} to end`, async () => {
    const { body } = await shop.profiles.getBulkImportProfilesJob(id, { include: ['lists'] });
    return body.data.attributes.status === 'complete' && body;
  });

describe('bulk imports', () => {
  it('a thousand people come onto a list in the background', async () => {
    const list = await newList();
    const emails = Array.from({ length: 1000 }, () => freshEmail('bulk'));
    const job = await start(emails.map((email) => row({ email, properties: { plan: 'gold' } })), list.id);
    assert.equal(job.attributes.status, 'queued');
    assert.deepEqual([job.attributes.totalCount, job.attributes.completedCount], [1000, 0]);
    assert.equal(job.attributes.expiresAt - job.attributes.createdAt, 7 * 24 * 3600 * 1000);

    const { data, included } = await finished(job.id);
    assert.deepEqual([data.attributes.completedCount, data.attributes.failedCount], [1000, 0]);
    assert.deepEqual(included.map(({ id }) => id), [list.id]);
    const { all } = await everyPage((pageCursor) =>
      shop.profiles.getProfilesForBulkImportProfilesJob(job.id, { pageSize: 100, pageCursor }),
    );
    assert.deepEqual(all.map(({ attributes }) => attributes.email).sort(), emails.sort());
    const counted = await shop.lists.getList(list.id, { additionalFieldsList: ['profile_count'] });
    assert.equal(counted.body.data.attributes.profileCount, 1000);
  });

  it('who is there is updated, and what contradicts is told with the row as it came', async () => {
    const [one, two] = [freshEmail('one'), freshEmail('two')];
    const known = await newProfile({ email: one, externalId: fresh('customer') });
    await newProfile({ email: two });
    const job = await start([
      row({ email: one, firstName: 'Ada' }, { meta: { patchProperties: { append: { tags: 'new' } } } }),
      row({ email: two, externalId: known.attributes.externalId }),
    ]);
    const { data } = await finished(job.id);
    assert.deepEqual([data.attributes.completedCount, data.attributes.failedCount], [1, 1]);
    const read = (await shop.profiles.getProfile(known.id)).body.data.attributes;
    assert.deepEqual([read.firstName, read.properties.tags], ['Ada', ['new']]);
    const [error] = (await shop.profiles.getErrorsForBulkImportProfilesJob(job.id)).body.data;
    assert.equal(error.attributes.code, 'duplicate_profile');
    assert.equal(error.attributes.source.pointer, '/data/attributes/profiles/data/1/attributes');
    assert.equal(error.attributes.originalPayload.attributes.email, two);
    assert.deepEqual(ids((await shop.profiles.getProfileIdsForBulkImportProfilesJob(job.id)).body), [known.id]);
  });

  it('an import tells its list, and imports are listed newest first', async () => {
    const list = await newList();
    const job = await start([row({ email: freshEmail('listed') })], list.id);
    await finished(job.id);
    assert.deepEqual(ids((await shop.profiles.getListForBulkImportProfilesJob(job.id)).body), [list.id]);
    assert.deepEqual(ids((await shop.profiles.getListIdsForBulkImportProfilesJob(job.id)).body), [list.id]);
    const { body } = await shop.profiles.getBulkImportProfilesJobs({ filter: 'equals(status,"complete")', pageSize: 1 });
    assert.deepEqual(ids(body), [job.id]);
  });

  it('one wrong address refuses all rows', async () => {
    const errors = await refused(start([row({ email: freshEmail('good') }), row({ email: 'wrong' })]), 400);
    assert.deepEqual(
      errors.map(({ source }) => source.pointer),
      ['/data/attributes/profiles/data/1/attributes/email'],
    );
  });
});

describe('data privacy', () => {
  const forget = (person) =>
    shop.dataprivacy.requestProfileDeletion({
      data: { type: 'data-privacy-deletion-job', attributes: { profile: { data: { type: 'profile', ...person } } } },
    });

  it('a person is forgotten, and the second time nobody is found', async () => {
    const email = freshEmail('forgotten');
    const { id } = await newProfile({ email, firstName: 'Ada' });
    assert.equal((await forget({ attributes: { email } })).response.status, 202);
    await eventually('the profile to be gone', () =>
      shop.profiles.getProfile(id).then(() => false, (error) => error.response.status === 404),
    );
    const [error] = await refused(forget({ attributes: { email } }), 404);
    assert.equal(
      error.detail,
      `No profile with email "${email}" found.  The profile may have already been deleted.`,
    );
  });

  it('exactly one identifier is taken', async () => {
    const { id, attributes } = await newProfile({ email: freshEmail('kept') });
    await refused(forget({ id, attributes: { email: attributes.email } }), 400);
    await refused(forget({ attributes: {} }), 400);
    assert.equal((await shop.profiles.getProfile(id)).body.data.id, id);
  });
});

describe('files', () => {
  const send = (path, options = {}) =>
    fetch(server.url + path, { ...options, headers: { authorization: `Klaviyo-API-Key ${KEY}` } });

  it('people come in and go out as CSV', async () => {
    const list = await newList(fresh('File'));
    const email = freshEmail('file');
    const body = `E-Mail,Given Name,Plan\n${email},Ada,gold\nwrong,Bob,silver\n`;
    const query = `list=${encodeURIComponent(list.attributes.name)}`;
    const answer = await send(`/carillon/imports/profiles?${query}`, { method: 'POST', body });
    const { rows, created, rejected, rejects } = await answer.json();
    assert.deepEqual([rows, created, rejected], [2, 1, 1]);
    assert.deepEqual(rejects, [{ line: 3, reason: 'email: Invalid email address', cells: ['wrong', 'Bob', 'silver'] }]);
    const csv = await (await send(`/carillon/exports/profiles?${query}`)).text();
    assert.equal(csv.trim().split('\r\n').length, 2);
    assert.ok(csv.includes(email) && csv.includes('properties.Plan'));
  });

  it('everything about a person is one document', async () => {
    const { id } = await newProfile({ email: freshEmail('whole'), firstName: 'Ada' });
    const told = await (await send(`/carillon/profiles/${id}/export`)).json();
    assert.equal(told.profile.first_name, 'Ada');
    assert.equal(told.records.profile_identifier.length, 1);
  });
});
