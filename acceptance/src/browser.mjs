import http from 'node:http';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine, without a window. */
export function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) {
    throw new Error('no Chromium is installed; CHROMIUM may tell where it is');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A web site of its own origin; every path shows the page last set for it. */
export class Site {
  #server;
  #pages = new Map();

  static async start() {
    const site = new Site();
    site.#server = http.createServer((request, response) => {
      const html = site.#pages.get(request.url.split('?')[0]);
      response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(html);
    });
    await new Promise((listening) => site.#server.listen(0, '127.0.0.1', listening));
    site.url = `http://127.0.0.1:${site.#server.address().port}`;
    return site;
  }

  /** Shows HTML at a path; answers its address. */
  show(path, html) {
    this.#pages.set(path, html);
    return this.url + path;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
