import http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { answers, errorFaults, faults, operation } from './published.mjs';

const SHOWN = 2_000;

/**
 * Stands between the clients and the server and forwards everything unchanged, while it judges each answer by
 * what was published and notes which operations were used.
 */
export class RecordingProxy {
  #server;
  #agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  #target;
  #faults = [];

  /** The operations that were answered: id to the set of statuses. */
  used = new Map();

  static async start() {
    const proxy = new RecordingProxy();
    proxy.#server = http.createServer((request, response) => proxy.#relay(request, response));
    await new Promise((listening) => proxy.#server.listen(0, '127.0.0.1', listening));
    proxy.url = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  forwardTo(url) {
    this.#target = new URL(url);
  }

  /** What was wrong with answers since last asked. */
  takeFaults() {
    return this.#faults.splice(0);
  }

  close() {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #relay(request, response) {
    const body = await bytes(request);
    const onward = http.request({
      host: this.#target.hostname,
      port: this.#target.port,
      method: request.method,
      path: request.url,
      headers: request.headers,
      agent: this.#agent,
    });
    onward.once('error', (error) => {
      this.#faults.push(`${request.method} ${request.url}: ${error.message}`);
      response.destroy();
    });
    onward.once('response', async (answer) => {
      const content = await bytes(answer);
      try {
        this.#judge(request, answer, content);
      } catch (error) {
        this.#faults.push(`${request.method} ${request.url} could not be judged: ${error.stack}`);
      }
      response.writeHead(answer.statusCode, answer.rawHeaders);
      response.end(content);
    });
    onward.end(body);
  }

  #judge(request, answer, content) {
    const text = plain(answer, content);
    const wrong = this.#wrong(request, request.url.split('?')[0], answer, text);
    if (wrong.length > 0) {
      const faults = [...new Set(wrong)].join('; ');
      this.#faults.push(`${request.method} ${request.url} ${answer.statusCode}: ${faults}\n${text.slice(0, SHOWN)}`);
    }
  }

  #wrong(request, path, answer, text) {
    const status = answer.statusCode;
    if (status >= 500) {
      return ['the server failed'];
    }
    if (!/^\/(api|client)\//.test(path) || request.method === 'OPTIONS' || request.method === 'HEAD') {
      return [];
    }
    if (status >= 400) {
      return errorFaults(status, answer.headers['x-klaviyo-req-id'], parsed(text));
    }
    return this.#successFaults(request, path, answer, text);
  }

  #successFaults(request, path, answer, text) {
    const meant = operation(request.method, path);
    const status = answer.statusCode;
    if (!meant) {
      return ['an operation that was never published'];
    }
    if (!answers(meant, status)) {
      return ['a status that was never published'];
    }
    this.used.set(meant.id, (this.used.get(meant.id) ?? new Set()).add(status));
    if (text === '') {
      return status === 204 || status === 202 ? [] : ['no document'];
    }
    return faults(meant, status, parsed(text), /[?&]fields(\[|%5B)/i.test(request.url));
  }
}

function plain(answer, content) {
  const zipped = answer.headers['content-encoding'] === 'gzip';
  return (zipped ? gunzipSync(content) : content).toString('utf8');
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function bytes(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
