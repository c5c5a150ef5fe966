import { KEY } from './server.mjs';

const HEADERS = {
  authorization: `Klaviyo-API-Key ${KEY}`,
  revision: '2026-04-15',
  'content-type': 'application/vnd.api+json',
};

/** Sends a request as fast as it goes; answers undefined when the connection broke. */
export async function request(url, method, path, document) {
  try {
    const answer = await fetch(url + path, { method, headers: HEADERS, body: document && JSON.stringify(document) });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return undefined;
  }
}

/** The document of a request that must succeed. */
export async function ask(url, method, path, document) {
  const answer = await request(url, method, path, document);
  if (!answer || answer.status >= 300) {
    throw new Error(`${method} ${path}: ${answer?.status} ${answer?.text}`);
  }
  return answer.text === '' ? undefined : JSON.parse(answer.text);
}

/** The resources of all pages. */
export async function askAll(url, path) {
  const all = [];
  for (let next = path; next; ) {
    const document = await ask(url, 'GET', next);
    all.push(...document.data);
    next = document.links.next?.slice(url.length);
  }
  return all;
}

/** A source of numbers from 0 to 1 that the seed decides. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
