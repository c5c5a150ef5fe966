import assert from 'node:assert/strict';
import { after, afterEach } from 'node:test';
import { Mailbox } from './mailbox.mjs';
import { RecordingProxy } from './proxy.mjs';
import { newFolder, removeFolder, Server } from './server.mjs';
import { shopAt } from './shop.mjs';
import { freePort } from './waiting.mjs';

/** Where mail that comes back is taken. */
export const BOUNCE_DOMAIN = 'bounces.carillon.invalid';
export const BOUNCE_PORT = await freePort();

/** One server for all tests of a run, its mails, the proxy all talk through, and the SDK. */
export const mailbox = await Mailbox.start();
export const proxy = await RecordingProxy.start();
const folder = newFolder();
export const server = await Server.start({
  folder,
  env: {
    CARILLON_PUBLIC_URL: proxy.url,
    CARILLON_SMTP_URL: mailbox.url,
    CARILLON_BOUNCE_DOMAIN: BOUNCE_DOMAIN,
    CARILLON_BOUNCE_PORT: String(BOUNCE_PORT),
  },
});
proxy.forwardTo(server.url);
export const shop = shopAt(proxy.url);

let last = 0;

/** A name nothing else in this run has. */
export function fresh(word) {
  last += 1;
  return `${word} ${last}`;
}

afterEach(() => assert.deepEqual(proxy.takeFaults(), []));

after(async () => {
  await server.stop();
  proxy.close();
  await mailbox.close();
  removeFolder(folder);
});
