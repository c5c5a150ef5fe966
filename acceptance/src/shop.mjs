import assert from 'node:assert/strict';
import klaviyo from 'klaviyo-api';
import { KEY } from './server.mjs';

const GROUPS = [
  'Accounts', 'Campaigns', 'Catalogs', 'Conversations', 'DataPrivacy', 'Events', 'Images', 'Lists', 'Metrics',
  'Profiles', 'Reporting', 'Reviews', 'Segments', 'Tags', 'Templates',
];

export const { FilterBuilder } = klaviyo;

/** The official SDK, every group of operations pointed at a server: `shop.tags`, `shop.lists`, … */
export function shopAt(url, key = KEY) {
  const session = new klaviyo.ApiKeySession(key, new klaviyo.RetryWithExponentialBackoff({ numRetries: 1 }));
  return Object.fromEntries(
    GROUPS.map((group) => {
      const api = new klaviyo[`${group}Api`](session);
      api.basePath = url;
      return [group.toLowerCase(), legible(api)];
    }),
  );
}

/** The SDK's errors tell the status only; what the server said is added. */
function legible(api) {
  return new Proxy(api, {
    get: (target, name) => {
      const member = target[name];
      return typeof member === 'function' ? (...given) => member.apply(target, given).catch(explain) : member;
    },
  });
}

function explain(error) {
  if (error.response) {
    const { method, url } = error.config;
    error.message += `: ${method} ${url} ${JSON.stringify(error.response.data)}`;
  }
  throw error;
}

/** The errors of a call that must be refused with this status. */
export async function refused(call, status) {
  const outcome = await call.then(
    ({ response }) => response,
    (error) => error.response ?? Promise.reject(error),
  );
  assert.equal(outcome.status, status, JSON.stringify(outcome.data));
  return outcome.data.errors;
}

/** The resources of all pages, followed as the SDK's users do: by handing the next link back as the cursor. */
export async function everyPage(ask) {
  const all = [];
  let pages = 0;
  for (let cursor; cursor !== null; pages++) {
    const { body } = await ask(cursor);
    all.push(...body.data);
    cursor = body.links.next;
  }
  return { all, pages };
}

/** The ids of a collection. */
export function ids(body) {
  return body.data.map(({ id }) => id);
}
