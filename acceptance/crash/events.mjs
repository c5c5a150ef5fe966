import assert from 'node:assert/strict';
import { newFolder, removeFolder, Server } from '../src/server.mjs';
import { eventually, freePort } from '../src/waiting.mjs';
import { askAll, random, request } from '../src/plain.mjs';

const CALLERS = 32;
const BULK = 20;
const PEOPLE = 500;

/**
 * Kills the server, or its PostgreSQL, while events come in, as often as there are rounds; after each all events
 * that were accepted must be there, once.
 */
export async function eventsSurvive({ rounds, events, victim, seed, say }) {
  const folder = newFolder();
  const port = await freePort();
  const place = { folder, port, next: random(seed), say, victim, server: await Server.start({ folder, port }) };
  try {
    for (let round = 1; round <= rounds; round++) {
      await play(place, events, round);
    }
    await place.server.stop();
  } finally {
    await place.server.kill();
    removeFolder(folder);
  }
}

async function play(place, events, round) {
  const killAt = Math.floor(events * (0.2 + 0.6 * place.next()));
  const intake = new Intake(place, events, `Crash ${place.victim} ${round}`, killAt);
  await Promise.all(Array.from({ length: CALLERS }, () => intake.call()));
  await intake.back;
  const stored = await storedEvents(place.server.url, intake);
  const missing = [...intake.accepted].filter((id) => !stored.unique.has(id));
  place.say(
    `${place.victim} killed after ${killAt} of ${events} events: ${intake.accepted.size} accepted, ` +
      `${intake.unsure} unsure, ${stored.count} stored, ${missing.length} missing, ` +
      `${stored.count - stored.unique.size} twice`,
  );
  assert.deepEqual(missing, []);
  assert.equal(stored.count, stored.unique.size);
}

/** What callers share while they send the events of a round. */
class Intake {
  accepted = new Set();
  unsure = 0;
  back = Promise.resolve();
  #sent = 0;
  #killed = false;

  constructor(place, events, metric, killAt) {
    Object.assign(this, { place, events, metric, killAt });
  }

  async call() {
    while (this.#sent < this.events) {
      const ids = this.#take();
      const answer = await this.#deliver(ids);
      if (answer?.status === 202) {
        ids.forEach((id) => this.accepted.add(id));
      } else {
        this.unsure += ids.length;
        await this.back;
        await answering(this.place.server.url, '/health/ready');
      }
      this.#strike();
    }
  }

  #take() {
    const bulk = this.place.next() < 0.1 ? BULK : 1;
    const first = this.#sent;
    this.#sent = Math.min(this.events, first + bulk);
    return Array.from({ length: this.#sent - first }, (_, i) => `${this.metric} ${first + i}`);
  }

  #deliver(ids) {
    const { url } = this.place.server;
    return ids.length === 1
      ? request(url, 'POST', '/api/events', single(this.metric, ids[0]))
      : request(url, 'POST', '/api/event-bulk-create-jobs', bulk(this.metric, ids));
  }

  #strike() {
    if (!this.#killed && this.accepted.size >= this.killAt) {
      this.#killed = true;
      this.back = this.place.victim === 'server' ? this.#killServer() : this.#killPostgres();
    }
  }

  async #killServer() {
    await this.place.server.kill();
    this.place.server = await Server.start(this.place);
  }

  async #killPostgres() {
    process.kill(this.place.server.postgres().pid, 'SIGKILL');
    await answering(this.place.server.url, '/api/metrics');
  }
}

const answering = (url, path) =>
  eventually(`${path} to answer again`, async () => (await request(url, 'GET', path))?.status === 200, 60);

const profile = (id) => ({
  data: { type: 'profile', attributes: { email: `p${Number(id.split(' ').at(-1)) % PEOPLE}@crash.invalid` } },
});

const event = (metric, id) => ({
  properties: { id }, unique_id: id, metric: { data: { type: 'metric', attributes: { name: metric } } },
});

function single(metric, id) {
  return { data: { type: 'event', attributes: { ...event(metric, id), profile: profile(id) } } };
}

function bulk(metric, ids) {
  const data = ids.map((id) => ({
    type: 'event-bulk-create',
    attributes: { profile: profile(id), events: { data: [{ type: 'event', attributes: event(metric, id) }] } },
  }));
  return { data: { type: 'event-bulk-create-job', attributes: { 'events-bulk-create': { data } } } };
}

async function storedEvents(url, intake) {
  const metrics = await askAll(url, '/api/metrics');
  const { id } = metrics.find(({ attributes }) => attributes.name === intake.metric);
  const query = `filter=${encodeURIComponent(`equals(metric_id,"${id}")`)}&page%5Bsize%5D=1000`;
  const found = await askAll(url, `/api/events?${query}`);
  return { count: found.length, unique: new Set(found.map(({ attributes }) => attributes.event_properties.$event_id)) };
}
