import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { everyTool, newKey, overHttp, overStdio, raw, refusal, use } from '../src/agents.mjs';
import { COMPANY, KEY, newFolder, removeFolder } from '../src/server.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, mailbox, server } from '../src/world.mjs';
import { freshEmail, metricNamed } from './made.mjs';

const SEND = 'KLAVIYO_CREATE_CAMPAIGN_SEND_JOB';
const GROUPS = ['accounts', 'campaigns', 'events', 'images', 'lists', 'metrics', 'profiles', 'reporting', 'tags', 'templates'];

/** A client that is closed when the tests that use it are done. */
function client(open) {
  const opened = {};
  before(async () => {
    opened.client = await open();
  });
  after(() => opened.client?.close());
  return new Proxy({}, {
    get: (_, name) => {
      const member = opened.client[name];
      return typeof member === 'function' ? member.bind(opened.client) : member;
    },
  });
}

describe('sets of tools', () => {
  for (const set of ['/mcp', '/mcp/x/all', ...GROUPS.map((group) => `/mcp/x/${group}`)]) {
    it(`${set} is listed to the last page, and reading only when asked`, async () => {
      const whole = await overHttp(server.url, { path: set });
      const { tools, pages, names } = await everyTool(whole);
      await whole.close();
      assert.ok(names.length > 0);
      assert.equal(new Set(names).size, names.length);
      assert.equal(pages, Math.ceil(names.length / 100));
      for (const tool of tools) {
        assert.match(tool.name, /^[A-Za-z0-9_]{1,64}$/);
        assert.ok(tool.description.length > 5 && tool.title);
        assert.equal(typeof tool.annotations.readOnlyHint, 'boolean');
        new Ajv2020({ strict: false, validateFormats: false }).compile(tool.inputSchema);
      }
      const reading = await overHttp(server.url, { path: `${set}/readonly` });
      const some = await everyTool(reading);
      await reading.close();
      assert.ok(some.tools.every(({ annotations }) => annotations.readOnlyHint));
      assert.ok(some.names.every((name) => names.includes(name)));
    });
  }

  it('the default set is small and finds the rest', async () => {
    const usual = await overHttp(server.url);
    const { names } = await everyTool(usual);
    assert.ok(names.length <= 35);
    const found = await use(usual, 'search_tools', { query: 'remove a tag' });
    const name = found.data.map((tool) => tool.name).find((one) => one === 'KLAVIYO_DELETE_TAG');
    assert.ok(name && !names.includes(name));
    const told = await use(usual, 'describe_tool', { name });
    assert.deepEqual(told.data.inputSchema.required, ['id']);
    await use(usual, 'call_tool', { name: 'KLAVIYO_GET_TAGS', arguments: {} });
    await usual.close();
  });
});

describe('tools of every shape', () => {
  const agent = client(() => overHttp(server.url, { path: '/mcp/x/all' }));
  const made = {};

  it('are listed first, so that the client checks what they answer', async () => {
    await everyTool(agent);
  });

  it('create, get, list, update', async () => {
    const name = fresh('Agents');
    made.list = (await use(agent, 'KLAVIYO_CREATE_LIST', { data__attributes__name: name })).data.id;
    assert.equal((await use(agent, 'KLAVIYO_GET_LIST', { id: made.list })).data.attributes.name, name);
    await use(agent, 'KLAVIYO_UPDATE_LIST', { id: made.list, data__id: made.list, data__attributes__name: `${name}!` });
    const { data } = await use(agent, 'KLAVIYO_GET_LISTS', { filter: `equals(name,"${name}!")` });
    assert.deepEqual(data.map(({ id }) => id), [made.list]);
  });

  it('relate, related, related ids, unrelate', async () => {
    const email = freshEmail('agents');
    const profile = await use(agent, 'KLAVIYO_CREATE_OR_UPDATE_PROFILE', { data__attributes__email: email });
    await use(agent, 'KLAVIYO_ADD_PROFILE_TO_LIST', { list_id: made.list, emails: [email] });
    const members = await use(agent, 'KLAVIYO_GET_LIST_PROFILES', { id: made.list });
    assert.deepEqual(members.data.map(({ id }) => id), [profile.data.id]);
    const ids = await use(agent, 'KLAVIYO_GET_PROFILE_RELATIONSHIPS', {
      profile_id: profile.data.id,
      related_resource: 'lists',
    });
    assert.deepEqual(ids.data.map(({ id }) => id), [made.list]);
  });

  it('to-one relations, null included', async () => {
    const events = await use(agent, 'KLAVIYO_GET_METRICS');
    assert.ok(Array.isArray(events.data));
    const tag = await use(agent, 'KLAVIYO_CREATE_TAG', { data__attributes__name: fresh('tag') });
    const group = await use(agent, 'KLAVIYO_GET_TAG_TAG_GROUP', { id: tag.data.id });
    assert.equal(group.data.type, 'tag-group');
    await use(agent, 'KLAVIYO_DELETE_TAG', { id: tag.data.id });
    assert.match(await refusal(agent, 'KLAVIYO_GET_TAG', { id: tag.data.id }), /not_found/);
  });

  it('what is only taken, and a picture', async () => {
    made.metric = fresh('Seen by agents');
    await use(agent, 'KLAVIYO_CREATE_EVENT', {
      data__attributes__metric__data__attributes__name: made.metric,
      data__attributes__time: '2026-03-02T12:00:00Z',
      data__attributes__profile__data__attributes__email: freshEmail('seen'),
      data__attributes__properties: { what: 'boots' },
    });
    const pixel = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    const image = await use(agent, 'KLAVIYO_UPLOAD_IMAGE_FROM_FILE', {
      file: { name: 'pixel.gif', mimetype: 'image/gif', content_base64: pixel },
      name: fresh('pixel'),
    });
    assert.equal(image.data.type, 'image');
  });

  it('a count within a timeframe', async () => {
    const { id } = await metricNamed(made.metric);
    const { data } = await use(agent, 'KLAVIYO_QUERY_METRIC_AGGREGATES', {
      data__attributes__metric__id: id,
      data__attributes__measurements: ['count', 'unique'],
      data__attributes__timeframe: { start: '2026-03-01T00:00:00Z', end: '2026-03-04T00:00:00Z' },
    });
    assert.deepEqual(data.attributes.data[0].measurements, { count: [0, 1, 0], unique: [0, 1, 0] });
  });

  it('many people by their addresses', async () => {
    const email = freshEmail('leaver');
    await use(agent, 'KLAVIYO_UNSUBSCRIBE_PROFILES_BULK', { emails: [email], list_id: made.list });
    const { data } = await use(agent, 'KLAVIYO_GET_PROFILES', { filter: `equals(email,"${email}")` });
    assert.equal(data.length, 1);
    await use(agent, 'KLAVIYO_UNSUPPRESS_PROFILES_BULK', { emails: [email] });
  });

  it('delete', async () => {
    await use(agent, 'KLAVIYO_DELETE_LIST', { id: made.list });
    assert.match(await refusal(agent, 'KLAVIYO_GET_LIST', { id: made.list }), /does not exist/);
  });
});

describe('what goes wrong', () => {
  const agent = client(() => overHttp(server.url, { path: '/mcp/x/all' }));

  it('an unknown argument is named, with those that are near', async () => {
    const text = await refusal(agent, 'KLAVIYO_CREATE_LIST', { attributes__name: 'x' });
    assert.match(text, /attributes__name/);
    assert.match(text, /data__attributes__name/);
  });

  it('a refusal of the API tells its code, the argument and what to do', async () => {
    const text = await refusal(agent, 'KLAVIYO_GET_LISTS', { filter: 'equals(colour,"red")' });
    assert.match(text, /invalid/);
    assert.match(text, /filter/);
  });

  it('an unknown tool is an error of the protocol', async () => {
    await assert.rejects(agent.callTool({ name: 'KLAVIYO_GET_LISTZ', arguments: {} }), /KLAVIYO_GET_LISTS/);
  });

  it('without a key nothing is told', async () => {
    await assert.rejects(overHttp(server.url, { key: 'pk_nope' }), /private key/);
  });
});

describe('the revision of 2026, which the client does not speak', () => {
  it('is discovered, listed and called', async () => {
    const { body } = await raw(server.url, 'server/discover');
    assert.equal(body.result.supportedVersions[0], '2026-07-28');
    const listed = await raw(server.url, 'tools/list');
    assert.equal(listed.body.result.resultType, 'complete');
    const called = await raw(server.url, 'tools/call', { name: 'KLAVIYO_GET_ACCOUNTS', arguments: {} });
    assert.equal(called.body.result.structuredContent.data[0].id, COMPANY);
  });

  it('wants headers that say what the body says', async () => {
    for (const [header, status] of [['tools/call', 400], ['tools/list', 200]]) {
      const { status: got, body } = await raw(server.url, 'tools/list', {}, { headers: { 'mcp-method': header } });
      assert.equal(got, status);
      assert.equal(body.error?.code, status === 400 ? -32020 : undefined);
    }
  });
});

describe('keys', () => {
  it('what the scopes do not reach is not offered', async () => {
    const agent = await overHttp(server.url, { key: newKey(server, '--scopes', 'tags:read'), path: '/mcp/x/all' });
    const { names } = await everyTool(agent);
    assert.ok(names.includes('KLAVIYO_GET_TAGS') && !names.includes('KLAVIYO_GET_LISTS'));
    assert.match(await refusal(agent, 'KLAVIYO_GET_LISTS'), /lists:read/);
    await agent.close();
  });

  it('a read-only key writes nothing', async () => {
    const agent = await overHttp(server.url, { key: newKey(server, '--read-only') });
    assert.ok(!(await everyTool(agent)).names.includes('KLAVIYO_CREATE_LIST'));
    assert.match(await refusal(agent, 'KLAVIYO_CREATE_LIST', { data__attributes__name: 'x' }), /read-only/);
    await agent.close();
  });

  it('what tools may not do cannot be done around them', async () => {
    const list = { data: { type: 'list', attributes: { name: fresh('Around') } } };
    for (const rail of ['--read-only', '--dry-run']) {
      const authorization = `Klaviyo-API-Key ${newKey(server, rail)}`;
      const answer = await fetch(`${server.url}/api/lists`, {
        method: 'POST',
        headers: { authorization, revision: '2026-04-15', 'content-type': 'application/json' },
        body: JSON.stringify(list),
      });
      assert.equal(answer.status, 403);
    }
  });

  it('a dry run tells and does nothing', async () => {
    const agent = await overHttp(server.url, { key: newKey(server, '--dry-run') });
    const name = fresh('Dry');
    const told = await use(agent, 'KLAVIYO_CREATE_LIST', { data__attributes__name: name });
    assert.deepEqual([told.meta.dry_run, told.meta.would[0].affected], [true, 1]);
    assert.deepEqual((await use(agent, 'KLAVIYO_GET_LISTS', { filter: `equals(name,"${name}")` })).data, []);
    await agent.close();
  });

  it('every call leaves a row that only full-access keys read', async () => {
    const key = newKey(server, '--scopes', 'tags:read');
    const agent = await overHttp(server.url, { key, path: '/mcp/x/tags' });
    await use(agent, 'KLAVIYO_GET_TAGS');
    await agent.close();
    const ask = (secret) =>
      fetch(`${server.url}/carillon/audit-log?page[size]=1`, { headers: { authorization: `Klaviyo-API-Key ${secret}` } });
    const { data } = await (await ask(KEY)).json();
    assert.equal(data[0].attributes.tool, 'KLAVIYO_GET_TAGS');
    assert.deepEqual([data[0].attributes.key_last4, data[0].attributes.outcome], [key.slice(-4), 'done']);
    assert.equal((await ask(key)).status, 403);
  });
});

describe('standard input and output', () => {
  const folders = [];
  const folder = () => folders[folders.push(newFolder()) - 1];
  after(() => folders.forEach(removeFolder));

  it('reaches a running server with the key of the environment', async () => {
    const agent = await overStdio(['--url', server.url, '--set', 'all'], {
      folder: folder(),
      env: { CARILLON_PRIVATE_KEY: KEY },
    });
    const { names } = await everyTool(agent);
    assert.ok(names.length > 80);
    assert.equal((await use(agent, 'KLAVIYO_GET_ACCOUNTS')).data[0].id, COMPANY);
    assert.match(await refusal(agent, 'KLAVIYO_GET_LIST', { id: 'NOLIST' }), /not_found/);
    await agent.close();
  });

  it('or a node of its own', async () => {
    const agent = await overStdio(['--read-only'], {
      folder: folder(),
      env: { CARILLON_PORT: '0', CARILLON_COMPANY_ID: 'STDIO1', CARILLON_PRIVATE_KEY: KEY, CARILLON_LOG_FORMAT: 'text' },
    });
    assert.ok((await everyTool(agent)).tools.every(({ annotations }) => annotations.readOnlyHint));
    assert.equal((await use(agent, 'KLAVIYO_GET_ACCOUNTS')).data[0].id, 'STDIO1');
    await agent.close();
  });
});

/** What an agent does for a marketer, by tools alone; each test goes on where the one before ended. */
describe('the story of a campaign, by tools alone', () => {
  const agent = client(() => overHttp(server.url, { path: '/mcp/x/all' }));
  const people = [freshEmail('story'), freshEmail('story')];
  const told = {};

  it('makes a list', async () => {
    const { data } = await use(agent, 'KLAVIYO_CREATE_LIST', {
      data__attributes__name: fresh('Agent story'),
      data__attributes__opt__in__process: 'single_opt_in',
    });
    told.list = data.id;
  });

  it('imports people and subscribes them', async () => {
    const profiles = people.map((email, i) => ({ type: 'profile', attributes: { email, first_name: ['Ada', 'Bob'][i] } }));
    const job = await use(agent, 'KLAVIYO_SPAWN_BULK_PROFILE_IMPORT_JOB', {
      data__attributes__profiles__data: profiles,
      data__relationships__lists__data: [{ type: 'list', id: told.list }],
    });
    await eventually('the import', async () => {
      const { data } = await use(agent, 'KLAVIYO_GET_BULK_PROFILE_IMPORT_JOB', { job_id: job.data.id });
      return data.attributes.status === 'complete';
    });
    const subscriptions = { email: { marketing: { consent: 'SUBSCRIBED' } } };
    const subscribers = people.map((email) => ({ type: 'profile', attributes: { email, subscriptions } }));
    const asked = {
      data__attributes__profiles__data: subscribers,
      data__relationships__list__data__id: told.list,
    };
    await confirmed('KLAVIYO_SUBSCRIBE_PROFILES', asked, people.length);
    await eventually('the members', async () => {
      const { data } = await use(agent, 'KLAVIYO_GET_LIST_PROFILES', { id: told.list });
      return people.every((email) => data.some(({ attributes }) => attributes.email === email));
    });
  });

  it('writes a template and renders it for one of them', async () => {
    const { data } = await use(agent, 'KLAVIYO_CREATE_TEMPLATE', {
      data__attributes__name: fresh('Agent template'),
      data__attributes__editor__type: 'CODE',
      data__attributes__html: '<p>Hello {{ first_name|default:"there" }}</p>{% unsubscribe %}',
    });
    told.template = data.id;
    const rendered = await use(agent, 'KLAVIYO_CREATE_TEMPLATE_RENDER', {
      data__id: told.template,
      data__attributes__context: { first_name: 'Ada' },
    });
    assert.match(rendered.data.attributes.html, /Hello Ada/);
  });

  it('makes a campaign and estimates whom it reaches', async () => {
    const content = {
      subject: 'Boots', preview_text: 'New', from_email: 'shop@carillon.invalid', from_label: 'The Shop',
    };
    const { data } = await use(agent, 'KLAVIYO_CREATE_CAMPAIGN', {
      data__attributes__name: fresh('Agent campaign'),
      data__attributes__audiences__included: [told.list],
      data__attributes__send__strategy__method: 'immediate',
      data__attributes__send__options: { use_smart_sending: false },
      data__attributes__campaign__messages__data: [
        { type: 'campaign-message', attributes: { definition: { channel: 'email', label: 'Boots', content } } },
      ],
    });
    told.campaign = data.id;
    await use(agent, 'KLAVIYO_ASSIGN_CAMPAIGN_MESSAGE_TEMPLATE', {
      data__id: data.relationships['campaign-messages'].data[0].id,
      data__relationships__template__data__id: told.template,
    });
    await use(agent, 'KLAVIYO_CREATE_CAMPAIGN_RECIPIENT_ESTIMATION_JOB', { campaign_id: told.campaign });
    const estimation = await eventually('the estimation', async () => {
      const result = await agent.callTool({
        name: 'KLAVIYO_GET_CAMPAIGN_RECIPIENT_ESTIMATION',
        arguments: { id: told.campaign },
      });
      return !result.isError && result.structuredContent;
    });
    assert.equal(estimation.data.attributes.estimated_recipient_count, people.length);
  });

  it('sends it once the summary is confirmed, and not before', async () => {
    const asked = { data__id: told.campaign };
    const summary = await use(agent, SEND, asked);
    assert.equal(summary.meta.recipients, people.length);
    assert.equal((await campaign()).attributes.status, 'Draft');
    const forged = await use(agent, SEND, { ...asked, confirmation_token: 'A'.repeat(43) });
    assert.ok(forged.meta.confirmation_required);
    assert.equal((await campaign()).attributes.status, 'Draft');
    await use(agent, SEND, { ...asked, confirmation_token: summary.meta.confirmation_token });
    await eventually('the campaign to be sent', async () => (await campaign()).attributes.status === 'Sent');
    for (const email of people) {
      const [mail] = await mailbox.mailsTo(email);
      assert.match(mail.html, /Hello (Ada|Bob)/);
    }
  });

  it('reads the report', async () => {
    const metrics = await use(agent, 'KLAVIYO_GET_METRICS');
    const row = await eventually('the report', async () => {
      const report = await use(agent, 'KLAVIYO_QUERY_CAMPAIGN_VALUES', {
        data__attributes__statistics: ['recipients', 'delivered'],
        data__attributes__timeframe: { key: 'last_7_days' },
        data__attributes__conversion__metric__id: metrics.data[0].id,
        data__attributes__filter: `equals(campaign_id,"${told.campaign}")`,
      });
      const [first] = report.data.attributes.results;
      return first?.statistics.delivered === people.length && first;
    });
    assert.equal(row.statistics.recipients, people.length);
  });

  async function campaign() {
    return (await use(agent, 'KLAVIYO_GET_CAMPAIGN', { campaign_id: told.campaign })).data;
  }

  /** Calls a tool twice where it asks for a confirmation. */
  async function confirmed(name, given, recipients) {
    const first = await use(agent, name, given);
    assert.equal(first.meta.recipients, recipients);
    return use(agent, name, { ...given, confirmation_token: first.meta.confirmation_token });
  }
});
