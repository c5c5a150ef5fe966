import assert from 'node:assert/strict';
import { Mailbox } from '../src/mailbox.mjs';
import { newFolder, removeFolder, Server } from '../src/server.mjs';
import { eventually, freePort } from '../src/waiting.mjs';
import { ask, random } from '../src/plain.mjs';

const AT_ONCE = 1000;
const SLOWNESS = 4;
const SAMPLE = 10;
const PATIENCE = 180;
const SECRET = 'a secret all nodes of the crash tests share';

/**
 * Kills a server in the midst of a campaign, as often as there are rounds; after each everybody must have the
 * mail, and nobody twice but those whose mails were in flight. With two servers the one that is left goes on;
 * a single one is started again.
 */
export async function campaignSurvives({ rounds, recipients, servers, seed, say }) {
  const place = await open(recipients, servers, say);
  const next = random(seed);
  try {
    const audience = await subscribeAll(place.url, recipients);
    for (let round = 1; round <= rounds; round++) {
      await play(place, audience, 0.2 + 0.6 * next());
    }
  } finally {
    await Promise.all(place.nodes.map((node) => node.kill()));
    await place.mailbox.close();
    removeFolder(place.folder);
    removeFolder(place.secondFolder);
  }
}

async function open(recipients, servers, say) {
  const mailbox = await Mailbox.start();
  const folder = newFolder();
  const place = { mailbox, folder, secondFolder: newFolder(), servers, say, recipients, port: await freePort() };
  place.env = { CARILLON_SMTP_URL: mailbox.url, CARILLON_SECRET: SECRET };
  place.nodes = [await Server.start(place)];
  place.url = place.nodes[0].url;
  return place;
}

/** The second node works on the first one's database. */
function startSecond(place) {
  const env = { ...place.env, CARILLON_DATABASE_URL: place.nodes[0].postgres().url };
  return Server.start({ folder: place.secondFolder, env, name: 'second' });
}

async function play(place, audience, share) {
  const victim = place.servers === 2 ? await startSecond(place) : place.nodes[0];
  place.nodes[place.servers - 1] = victim;
  const killAt = Math.floor(place.recipients * share);
  place.mailbox.clear();
  place.mailbox.slowness = SLOWNESS;
  const struck = new Promise((resolve) => place.mailbox.whenCount(killAt, resolve));
  const flight = watchFlight(place.nodes);
  const campaign = await sendCampaign(place.url, audience.list);
  await struck;
  const atOnce = await flight.end();
  await victim.kill();
  place.mailbox.slowness = 0;
  if (place.servers === 1) {
    place.nodes = [await Server.start(place)];
  }
  await judge(place, campaign, audience, killAt, atOnce);
}

async function judge(place, campaign, audience, killAt, atOnce) {
  await eventually('the campaign to be sent', () => isSent(place.url, campaign), PATIENCE);
  const got = place.mailbox.recipients();
  const reached = new Set(got);
  const missing = audience.emails.filter((email) => !reached.has(email));
  const repeats = got.length - reached.size;
  place.say(
    `${place.servers} server(s), one killed after ${killAt} of ${place.recipients} mails: ${got.length} received, ` +
      `${missing.length} missing, ${repeats} repeated, at most ${atOnce} in flight before`,
  );
  assert.deepEqual(missing, []);
  assert.ok(repeats <= atOnce, `${repeats} repeats, but at most ${atOnce} were in flight`);
}

async function isSent(url, campaign) {
  const { data } = await ask(url, 'GET', `/api/campaigns/${campaign}`);
  return data.attributes.status === 'Sent';
}

/** Watches how many mails were in flight at once at most, as the nodes themselves tell. */
function watchFlight(nodes) {
  let most = 0;
  const look = async () => {
    const counts = await Promise.all(nodes.map(inFlight));
    most = Math.max(most, counts.reduce((sum, count) => sum + count, 0));
  };
  const timer = setInterval(() => look().catch(() => {}), SAMPLE);
  return {
    end: async () => {
      clearInterval(timer);
      await look();
      return most;
    },
  };
}

async function inFlight(node) {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return Number(text.match(/^carillon_delivery_in_flight(?:\{[^}]*\})? ([\d.E+]+)$/m)[1]);
}

async function subscribeAll(url, recipients) {
  const emails = Array.from({ length: recipients }, (_, i) => `reader${i}@crash.invalid`);
  const attributes = { name: 'Crash', opt_in_process: 'single_opt_in' };
  const list = (await ask(url, 'POST', '/api/lists', { data: { type: 'list', attributes } })).data.id;
  for (let first = 0; first < recipients; first += AT_ONCE) {
    await ask(url, 'POST', '/api/profile-subscription-bulk-create-jobs', job(list, emails.slice(first, first + AT_ONCE)));
  }
  await eventually(`${recipients} members`, async () => {
    const { data } = await ask(url, 'GET', `/api/lists/${list}?additional-fields%5Blist%5D=profile_count`);
    return data.attributes.profile_count === recipients;
  }, PATIENCE);
  return { list, emails };
}

function job(list, emails) {
  const data = emails.map((email) => ({
    type: 'profile', attributes: { email, subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } } },
  }));
  return {
    data: {
      type: 'profile-subscription-bulk-create-job',
      attributes: { profiles: { data } },
      relationships: { list: { data: { type: 'list', id: list } } },
    },
  };
}

async function sendCampaign(url, list) {
  const content = { subject: 'Crash', from_email: 'shop@crash.invalid', from_label: 'Shop' };
  const message = { type: 'campaign-message', attributes: { definition: { channel: 'email', content } } };
  const attributes = {
    name: 'Crash',
    audiences: { included: [list] },
    send_options: { use_smart_sending: false },
    'campaign-messages': { data: [message] },
  };
  const { data } = await ask(url, 'POST', '/api/campaigns', { data: { type: 'campaign', attributes } });
  await assign(url, data.relationships['campaign-messages'].data[0].id);
  await ask(url, 'POST', '/api/campaign-send-jobs', { data: { type: 'campaign-send-job', id: data.id } });
  return data.id;
}

async function assign(url, message) {
  const attributes = { name: 'Crash', editor_type: 'CODE', html: '<p>Hello {{ email }}</p>' };
  const template = await ask(url, 'POST', '/api/templates', { data: { type: 'template', attributes } });
  const relationships = { template: { data: { type: 'template', id: template.data.id } } };
  await ask(url, 'POST', '/api/campaign-message-assign-template', {
    data: { type: 'campaign-message', id: message, relationships },
  });
}
