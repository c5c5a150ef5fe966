import { eventually } from '../src/waiting.mjs';
import { fresh, shop } from '../src/world.mjs';

/** A list whose members need not confirm. */
export async function newList(name = fresh('List'), optInProcess = 'single_opt_in') {
  const { body } = await shop.lists.createList({ data: { type: 'list', attributes: { name, optInProcess } } });
  return body.data;
}

export async function newTemplate(html, attributes = {}) {
  const { body } = await shop.templates.createTemplate({
    data: { type: 'template', attributes: { name: fresh('Template'), editorType: 'CODE', html, ...attributes } },
  });
  return body.data;
}

export async function newProfile(attributes) {
  const { body } = await shop.profiles.createProfile({ data: { type: 'profile', attributes } });
  return body.data;
}

/** An address nobody else in this run has. */
export function freshEmail(word = 'someone') {
  return `${fresh(word).replace(/\W+/g, '-').toLowerCase()}@shop.invalid`;
}

export const EMAIL_CONTENT = {
  subject: 'Hello {{ first_name|default:"friend" }}',
  previewText: 'What is new',
  fromEmail: 'shop@carillon.invalid',
  fromLabel: 'The Shop',
};

/** A draft of an email campaign to a list, and its only message. */
export async function newCampaign(list, { content = EMAIL_CONTENT, ...attributes } = {}) {
  const message = {
    type: 'campaign-message',
    attributes: { definition: { channel: 'email', label: 'The message', content } },
  };
  const { body } = await shop.campaigns.createCampaign({
    data: {
      type: 'campaign',
      attributes: {
        name: fresh('Campaign'),
        audiences: { included: [list] },
        sendStrategy: { method: 'immediate' },
        sendOptions: { useSmartSending: false },
        campaignMessages: { data: [message] },
        ...attributes,
      },
    },
  });
  return { campaign: body.data, message: body.data.relationships.campaignMessages.data[0].id };
}

export async function assignTemplate(message, template) {
  const { body } = await shop.campaigns.assignTemplateToCampaignMessage({
    data: {
      type: 'campaign-message',
      id: message,
      relationships: { template: { data: { type: 'template', id: template } } },
    },
  });
  return body.data;
}

export async function send(campaign) {
  const { body } = await shop.campaigns.sendCampaign({ data: { type: 'campaign-send-job', id: campaign } });
  return body.data;
}

/** Waits until a campaign has a status. */
export function becomes(campaign, status) {
  return eventually(`campaign ${campaign} to be ${status}`, async () => {
    const { body } = await shop.campaigns.getCampaign(campaign);
    return body.data.attributes.status === status && body.data;
  });
}

/** Subscribes people to a list and waits until they are its members; answers profile ids by address. */
export async function subscribe(list, emails) {
  const data = emails.map((email) => ({
    type: 'profile',
    attributes: { email, subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } } },
  }));
  await shop.profiles.bulkSubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-create-job',
      attributes: { profiles: { data }, customSource: 'acceptance' },
      relationships: { list: { data: { type: 'list', id: list } } },
    },
  });
  return eventually(`${emails.length} members of ${list}`, async () => {
    const { body } = await shop.lists.getProfilesForList(list, { pageSize: 100 });
    const members = new Map(body.data.map(({ id, attributes }) => [attributes.email, id]));
    return emails.every((email) => members.has(email)) && members;
  });
}

/** Records an event of a person known by address. */
export function record(metric, email, { properties = {}, ...attributes } = {}) {
  return shop.events.createEvent({
    data: {
      type: 'event',
      attributes: {
        properties,
        metric: { data: { type: 'metric', attributes: { name: metric } } },
        profile: { data: { type: 'profile', attributes: { email } } },
        ...attributes,
      },
    },
  });
}

/** The metric of a name, once it exists. */
export function metricNamed(name) {
  return eventually(`a metric named ${name}`, async () => {
    for (let cursor; cursor !== null; ) {
      const { body } = await shop.metrics.getMetrics({ pageCursor: cursor });
      const found = body.data.find((metric) => metric.attributes.name === name);
      if (found) {
        return found;
      }
      cursor = body.links.next;
    }
    return null;
  });
}

/** The events of a metric, newest first, once there are as many. */
export function eventsOf(metric, count = 1) {
  return eventually(`${count} event(s) of ${metric}`, async () => {
    const { body } = await shop.events.getEvents({ filter: `equals(metric_id,"${metric}")`, pageSize: 1000 });
    return body.data.length >= count && body.data;
  });
}
