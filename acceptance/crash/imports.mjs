import assert from 'node:assert/strict';
import { newFolder, removeFolder, Server } from '../src/server.mjs';
import { eventually, freePort } from '../src/waiting.mjs';
import { ask, askAll, random } from '../src/plain.mjs';

const JOBS = '/api/profile-bulk-import-jobs';
const PATIENCE = 120;

/** Every so many rows contradict what is there, so that a chunk done twice would tell its errors twice. */
const CONTRADICTORY = 50;

/**
 * Kills the server in the midst of a bulk import, as often as there are rounds; after each the import must end with
 * every row done once, and everybody on the list.
 */
export async function importsSurvive({ rounds, people, seed, say }) {
  const folder = newFolder();
  const port = await freePort();
  const place = { folder, port, people, say, next: random(seed), server: await Server.start({ folder, port }) };
  try {
    await contradicted(place.server.url);
    for (let round = 1; round <= rounds; round++) {
      await play(place, round);
    }
    await place.server.stop();
  } finally {
    await place.server.kill();
    removeFolder(folder);
  }
}

/** Two people, of whom one row each time wants to be both. */
async function contradicted(url) {
  for (const attributes of [{ email: 'one@crash.invalid' }, { external_id: 'another' }]) {
    await ask(url, 'POST', '/api/profiles', { data: { type: 'profile', attributes } });
  }
}

async function play(place, round) {
  const { url } = place.server;
  const list = await newList(url, round);
  const killAt = Math.floor(place.people * place.next() * 0.9);
  const job = (await ask(url, 'POST', JOBS, document(place.people, round, list))).data.id;
  await eventually(`${killAt} rows`, () => done(url, job, killAt), PATIENCE);
  await place.server.kill();
  place.server = await Server.start(place);
  await eventually('the import to end', () => ended(url, job), PATIENCE);
  await judge(place, { round, job, list, killAt });
}

async function done(url, job, rows) {
  const { completed_count, failed_count } = await attributes(url, job);
  return completed_count + failed_count >= rows;
}

async function ended(url, job) {
  return (await attributes(url, job)).status === 'complete';
}

async function attributes(url, job) {
  return (await ask(url, 'GET', `${JOBS}/${job}`)).data.attributes;
}

async function judge(place, { round, job, list, killAt }) {
  const { url } = place.server;
  const rows = Array.from({ length: place.people }, (_, i) => i);
  const wrong = rows.filter((i) => i % CONTRADICTORY === 0);
  const errors = await askAll(url, `${JOBS}/${job}/import-errors?page%5Bsize%5D=100`);
  const profiles = await askAll(url, `${JOBS}/${job}/profiles?page%5Bsize%5D=100`);
  const members = await askAll(url, `/api/lists/${list}/relationships/profiles?page%5Bsize%5D=100`);
  const { completed_count, failed_count } = await attributes(url, job);
  place.say(
    `killed after ${killAt} of ${place.people} rows: ${completed_count} completed, ${failed_count} failed, ` +
      `${profiles.length} profiles, ${members.length} members, ${errors.length} errors told`,
  );
  assert.deepEqual([completed_count, failed_count], [place.people - wrong.length, wrong.length]);
  const pointers = errors.map(({ attributes: { source } }) => Number(source.pointer.split('/')[5]));
  assert.deepEqual(pointers.sort((a, b) => a - b), wrong);
  const emails = rows.filter((i) => i % CONTRADICTORY !== 0).map((i) => email(round, i));
  assert.deepEqual(profiles.map((profile) => profile.attributes.email).sort(), emails.sort());
  assert.equal(members.length, emails.length);
}

const email = (round, i) => `r${round}p${i}@crash.invalid`;

async function newList(url, round) {
  const attributes = { name: `Crash ${round}`, opt_in_process: 'single_opt_in' };
  return (await ask(url, 'POST', '/api/lists', { data: { type: 'list', attributes } })).data.id;
}

function document(people, round, list) {
  const data = Array.from({ length: people }, (_, i) => ({
    type: 'profile',
    attributes:
      i % CONTRADICTORY === 0
        ? { email: 'one@crash.invalid', external_id: 'another' }
        : { email: email(round, i), first_name: `Person ${i}`, properties: { round } },
  }));
  return {
    data: {
      type: 'profile-bulk-import-job',
      attributes: { profiles: { data } },
      relationships: { lists: { data: [{ type: 'list', id: list }] } },
    },
  };
}
