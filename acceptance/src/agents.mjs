import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { javaCommand, KEY } from './server.mjs';

const INFO = { name: 'acceptance', version: '1.0.0' };

/** The official client on a set of tools of a server. */
export async function overHttp(url, { key = KEY, path = '/mcp' } = {}) {
  const client = new Client(INFO);
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url + path), { requestInit }));
  return client;
}

/** The official client on the command `mcp`; what the command says on standard error is kept. */
export async function overStdio(given, { folder, env }) {
  const [command, ...args] = javaCommand('mcp', ...given);
  const transport = new StdioClientTransport({ command, args, cwd: folder, env: { PATH: process.env.PATH, ...env }, stderr: 'pipe' });
  const said = [];
  transport.stderr.on('data', (chunk) => said.push(chunk));
  const client = new Client(INFO);
  await client.connect(transport).catch((error) => {
    throw new Error(`${error.message}: ${Buffer.concat(said)}`);
  });
  return client;
}

/** The tools of all pages. */
export async function everyTool(client) {
  const tools = [];
  let pages = 0;
  for (let cursor; pages === 0 || cursor; pages++) {
    const page = await client.listTools(cursor ? { cursor } : {});
    tools.push(...page.tools);
    cursor = page.nextCursor;
  }
  return { tools, pages, names: tools.map(({ name }) => name) };
}

/** What a tool answers, which must not be a refusal. */
export async function use(client, name, given = {}) {
  const result = await client.callTool({ name, arguments: given });
  assert.ok(!result.isError, `${name}: ${result.content[0].text}`);
  return result.structuredContent;
}

/** The text of a refusal. */
export async function refusal(client, name, given = {}) {
  const result = await client.callTool({ name, arguments: given });
  assert.ok(result.isError, `${name} was not refused: ${result.content[0].text}`);
  return result.content[0].text;
}

/** A request of the revision that the client does not speak yet. */
export async function raw(url, method, params = {}, { key = KEY, path = '/mcp', headers = {} } = {}) {
  const revision = '2026-07-28';
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': revision,
      'mcp-method': method,
      ...(params.name && { 'mcp-name': params.name }),
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { _meta: meta, ...params } }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** A new key made on the command line, beside the running server whose database it is. */
export function newKey(server, ...options) {
  const [command, ...args] = javaCommand('keys', 'create', ...options);
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: server.folder,
    env: { PATH: process.env.PATH, CARILLON_DATABASE_URL: server.postgres().url, CARILLON_SECRET: 'not used for keys' },
  });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}
