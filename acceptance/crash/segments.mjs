import assert from 'node:assert/strict';
import { ask, askAll, random, request } from '../src/plain.mjs';
import { newFolder, removeFolder, Server } from '../src/server.mjs';
import { eventually, freePort } from '../src/waiting.mjs';

const CALLERS = 8;
const PATIENCE = 120;
const TOWNS = ['Rome', 'Oslo', 'Bern'];
const SECRET = 'a secret all nodes of the crash tests share';

/**
 * Kills a server while people change and segments are computed anew, as often as there are rounds; after each the
 * members must be those whom new segments of the same definitions find.
 */
export async function segmentsSurvive({ rounds, people, seed, say }) {
  const folder = newFolder();
  const place = { folder, port: await freePort(), env: { CARILLON_SECRET: SECRET } };
  place.server = await Server.start(place);
  const next = random(seed);
  try {
    const ids = await populate(place.server.url, people, next);
    const segments = await Promise.all(definitions().map((one) => newSegment(place.server.url, one)));
    for (let round = 1; round <= rounds; round++) {
      await play(place, ids, segments, next);
      await judge(place.server.url, segments, round, say);
    }
    await place.server.stop();
  } finally {
    await place.server.kill();
    removeFolder(folder);
  }
}

const lives = (value) => ({
  type: 'profile-property', property: "properties['town']", filter: { type: 'string', operator: 'equals', value },
});

const definition = (...groups) => ({ condition_groups: groups.map((conditions) => ({ conditions })) });

const definitions = () => TOWNS.map((town) => definition([lives(town)]));

async function populate(url, people, next) {
  const ids = [];
  for (let i = 0; i < people; i++) {
    const attributes = { email: `p${i}@crash.invalid`, properties: { town: pick(TOWNS, next) } };
    ids.push((await ask(url, 'POST', '/api/profiles', { data: { type: 'profile', attributes } })).data.id);
  }
  return ids;
}

const pick = (all, next) => all[Math.floor(next() * all.length)];

async function newSegment(url, found) {
  const attributes = { name: 'Crash', definition: found };
  return (await ask(url, 'POST', '/api/segments', { data: { type: 'segment', attributes } })).data.id;
}

/** Changes people and definitions, and strikes in the midst of it. */
async function play(place, ids, segments, next) {
  const killAt = Math.floor(ids.length * (0.2 + 0.6 * next()));
  let sent = 0;
  let back = Promise.resolve();
  const strike = async () => {
    await place.server.kill();
    place.server = await Server.start(place);
  };
  const call = async () => {
    while (sent < ids.length) {
      const number = sent++;
      if (number === killAt) {
        back = strike();
      }
      await move(place.server.url, pick(ids, next), pick(TOWNS, next));
      if (number % 20 === 0) {
        await redefine(place.server.url, pick(segments, next), pick(definitions(), next));
      }
      await back;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  await back;
}

const move = (url, id, town) =>
  request(url, 'PATCH', `/api/profiles/${id}`, { data: { type: 'profile', id, attributes: { properties: { town } } } });

const redefine = (url, id, found) =>
  request(url, 'PATCH', `/api/segments/${id}`, { data: { type: 'segment', id, attributes: { definition: found } } });

async function judge(url, segments, round, say) {
  const wanted = {};
  for (const town of TOWNS) {
    wanted[town] = (await preview(url, definition([lives(town)])));
  }
  for (const id of segments) {
    await eventually(`segment ${id} to be right`, async () => {
      const { attributes } = (await ask(url, 'GET', `/api/segments/${id}`)).data;
      const town = attributes.definition.condition_groups[0].conditions[0].filter.value;
      const members = await askAll(url, `/api/segments/${id}/profiles?page%5Bsize%5D=100`);
      return !attributes.is_processing && members.length === wanted[town] &&
        members.every(({ attributes: one }) => one.properties.town === town);
    }, PATIENCE);
  }
  say(`segments, round ${round}: ${segments.length} have the right members`);
  assert.ok(Object.values(wanted).reduce((sum, count) => sum + count, 0) > 0);
}

async function preview(url, found) {
  const data = { type: 'segment-preview', attributes: { definition: found } };
  return (await ask(url, 'POST', '/carillon/segment-previews', { data })).data.attributes.profile_count;
}
