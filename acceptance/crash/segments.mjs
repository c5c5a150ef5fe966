import assert from 'node:assert/strict';
import { ask, askAll, random, request } from '../src/plain.mjs';
import { newFolder, removeFolder, Server } from '../src/server.mjs';
import { eventually, freePort } from '../src/waiting.mjs';

const CALLERS = 8;
const PATIENCE = 120;
const TOWNS = ['Rome', 'Oslo', 'Bern'];
const METRIC = 'Placed Order';
const SECRET = 'a secret all nodes of the crash tests share';

/**
 * Kills a server while people move, order and join a segment that others ask for, and while segments are computed
 * anew, as often as there are rounds; after each the members must be those whom a look at everybody and all their
 * orders finds here, without the server's segments.
 */
export async function segmentsSurvive({ rounds, people, seed, say }) {
  const folder = newFolder();
  const place = { folder, port: await freePort(), env: { CARILLON_SECRET: SECRET } };
  place.server = await Server.start(place);
  const next = random(seed);
  try {
    const world = await populate(place.server.url, people, next);
    for (let round = 1; round <= rounds; round++) {
      await play(place, world, next);
      await judge(place.server.url, world, round, say);
    }
    await place.server.stop();
  } finally {
    await place.server.kill();
    removeFolder(folder);
  }
}

const definition = (...groups) => ({ condition_groups: groups.map((one) => ({ conditions: [one] })) });

const lives = (value) => ({
  type: 'profile-property', property: "properties['town']", filter: { type: 'string', operator: 'equals', value },
});

const ordered = (metric, operator, value) => ({
  type: 'profile-metric', metric_id: metric, measurement: 'count',
  measurement_filter: { type: 'numeric', operator, value }, timeframe_filter: { type: 'date', operator: 'alltime' },
});

const outside = (segment) => ({ type: 'profile-group-membership', is_member: false, group_ids: [segment] });

/** What segments are redefined to, by the name they then bear: a definition, and the same asked of a person. */
const kinds = (metric) => ({
  ...Object.fromEntries(TOWNS.map((town) => [town, [definition(lives(town)), (one) => one.town === town]])),
  twice: [definition(ordered(metric, 'greater-than-or-equal', 2)), (one) => one.orders >= 2],
  never: [definition(ordered(metric, 'equals', 0)), (one) => one.orders === 0],
  'once in Rome': [
    definition(ordered(metric, 'equals', 1), lives('Rome')),
    (one) => one.orders === 1 && one.town === 'Rome',
  ],
});

async function populate(url, people, next) {
  const ids = [];
  for (let i = 0; i < people; i++) {
    const attributes = { email: `p${i}@crash.invalid`, properties: { town: pick(TOWNS, next) } };
    ids.push((await ask(url, 'POST', '/api/profiles', { data: { type: 'profile', attributes } })).data.id);
  }
  await order(url, ids[0]);
  const metric = (await askAll(url, '/api/metrics')).find((one) => one.attributes.name === METRIC).id;
  const all = kinds(metric);
  const segments = [];
  for (const name of Object.keys(all)) {
    segments.push(await newSegment(url, name, all[name][0]));
  }
  const dependent = await newSegment(url, 'dependent', definition(outside(segments[0])));
  return { ids, kinds: all, segments, dependent };
}

const pick = (all, next) => all[Math.floor(next() * all.length)];

async function newSegment(url, name, found) {
  const attributes = { name, definition: found };
  return (await ask(url, 'POST', '/api/segments', { data: { type: 'segment', attributes } })).data.id;
}

/** Changes people and definitions, and strikes in the midst of it. */
async function play(place, world, next) {
  const killAt = Math.floor(world.ids.length * (0.2 + 0.6 * next()));
  let sent = 0;
  let back = Promise.resolve();
  const strike = async () => {
    await place.server.kill();
    place.server = await Server.start(place);
  };
  const call = async () => {
    while (sent < world.ids.length) {
      const number = sent++;
      if (number === killAt) {
        back = strike();
      }
      const { url } = place.server;
      const id = pick(world.ids, next);
      await (next() < 0.5 ? move(url, id, pick(TOWNS, next)) : order(url, id));
      if (number % 20 === 0) {
        await redefine(url, pick(world.segments, next), world.kinds, pick(Object.keys(world.kinds), next));
      }
      await back;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  await back;
}

const move = (url, id, town) =>
  request(url, 'PATCH', `/api/profiles/${id}`, { data: { type: 'profile', id, attributes: { properties: { town } } } });

const order = (url, id) =>
  request(url, 'POST', '/api/events', {
    data: {
      type: 'event',
      attributes: {
        properties: {},
        unique_id: crypto.randomUUID(),
        metric: { data: { type: 'metric', attributes: { name: METRIC } } },
        profile: { data: { type: 'profile', id, attributes: {} } },
      },
    },
  });

const redefine = (url, id, kinds, name) =>
  request(url, 'PATCH', `/api/segments/${id}`, {
    data: { type: 'segment', id, attributes: { name, definition: kinds[name][0] } },
  });

/** Everybody with their town and the number of their orders. */
async function look(url) {
  const people = new Map();
  for (const { id, attributes } of await askAll(url, '/api/profiles?page%5Bsize%5D=100')) {
    people.set(id, { town: attributes.properties.town, orders: 0 });
  }
  for (const { relationships } of await askAll(url, '/api/events?page%5Bsize%5D=1000')) {
    people.get(relationships.profile.data.id).orders++;
  }
  return people;
}

async function judge(url, { kinds, segments, dependent }, round, say) {
  const people = await look(url);
  const who = (holds) => [...people.keys()].filter((id) => holds(people.get(id))).sort();
  const wanted = async (id) => kinds[(await ask(url, 'GET', `/api/segments/${id}`)).data.attributes.name][1];
  for (const id of segments) {
    await settled(url, id, who(await wanted(id)));
  }
  const inside = await wanted(segments[0]);
  await settled(url, dependent, who((one) => !inside(one)));
  say(`segments, round ${round}: ${segments.length + 1} have the right members`);
}

async function settled(url, id, right) {
  let members = [];
  const isRight = async () => {
    const { attributes } = (await ask(url, 'GET', `/api/segments/${id}`)).data;
    members = (await askAll(url, `/api/segments/${id}/relationships/profiles?page%5Bsize%5D=100`)).map((one) => one.id);
    return !attributes.is_processing && members.sort().join() === right.join();
  };
  await eventually(`segment ${id} to be right`, isRight, PATIENCE).catch((failure) => {
    assert.deepEqual(members, right);
    throw failure;
  });
}
