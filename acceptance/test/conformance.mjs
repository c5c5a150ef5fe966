import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KeyedDoor } from '../src/keyed.mjs';
import { KEY } from '../src/server.mjs';
import { server } from '../src/world.mjs';

const HERE = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SUITE = 'node_modules/@modelcontextprotocol/conformance/dist/index.js';

/** Scenarios that apply to a server that has tools and nothing else, by revision: all their checks must pass. */
const APPLY = {
  '2025-06-18': ['server-initialize', 'ping', 'tools-list', 'server-session-lifecycle'],
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'server-session-lifecycle', 'dns-rebinding-protection'],
  '2026-07-28': [
    'server-stateless', 'tools-list', 'caching', 'http-header-validation', 'dns-rebinding-protection',
    'server-sse-multiple-streams', 'input-required-result-unsupported-methods', 'input-required-result-validate-input',
  ],
};

/** Checks within these scenarios that cannot pass, and why: every other failure is one of ours. */
const CANNOT = {
  'sep-2549-prompts-list-caching-hints': 'there are no prompts',
  'sep-2549-resources-list-caching-hints': 'there are no resources',
  'sep-2549-resources-templates-list-caching-hints': 'there are no resources',
  'sep-2575-server-rejects-undeclared-capability': 'needs the diagnostic tool test_missing_capability',
  'sep-2575-missing-capability-http-400': 'needs the diagnostic tool test_missing_capability',
  'sep-2575-http-server-no-independent-requests-on-stream': 'needs the diagnostic tool test_streaming_elicitation',
  'sep-2575-server-no-log-without-loglevel': 'needs the diagnostic tool test_logging_tool',
};

/** Why other scenarios do not apply. */
const OTHERS = [
  [/^(prompts|resources|completion|logging|sep-2164|sep-2640)/, 'there are no prompts, resources, completions or logs'],
  [/^(tools-call|json-schema|elicitation|input-required|http-custom-header)/, 'it calls diagnostic tools of the suite'],
  [/^server-sse/, 'there are no sessions and no streams'],
  [/^tasks/, 'there is no tasks extension'],
];

/** The official conformance suite, which brings no key: a door adds one. */
describe('conformance', () => {
  const results = {};
  let door;

  before(async () => {
    door = await KeyedDoor.open(server.url, KEY);
    for (const revision of Object.keys(APPLY)) {
      results[revision] = await run(`${door.url}/mcp`, revision);
    }
  });
  after(() => door.close());

  for (const [revision, scenarios] of Object.entries(APPLY)) {
    for (const scenario of scenarios) {
      it(`${revision} ${scenario}`, () => {
        const checks = results[revision].get(scenario);
        assert.ok(checks?.length > 0, 'the scenario did not run');
        assert.deepEqual(failures(checks).filter((id) => !CANNOT[id]), []);
      });
    }

    it(`${revision} every message is as the schema wants it, and every other scenario is known not to apply`, () => {
      for (const [scenario, checks] of results[revision]) {
        assert.ok(!failures(checks).includes('wire-schema-valid'), scenario);
        assert.ok(scenarios.includes(scenario) || OTHERS.some(([name]) => name.test(scenario)), `new: ${scenario}`);
      }
    });
  }
});

function failures(checks) {
  return checks.filter(({ status }) => status === 'FAILURE').map(({ id }) => id);
}

async function run(url, revision) {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-conformance-'));
  try {
    const given = ['server', '--url', url, '--suite', 'all', '--spec-version', revision, '-o', folder];
    await new Promise((done, failed) => {
      spawn(process.execPath, ['--import', './src/node20.mjs', SUITE, ...given], { cwd: HERE, stdio: 'ignore' })
        .once('exit', done)
        .once('error', failed);
    });
    return new Map(readdirSync(folder).map((name) => [scenario(name), checks(join(folder, name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of a result is named `server-SCENARIO-MOMENT`. */
function scenario(folder) {
  return folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '');
}

function checks(folder) {
  return JSON.parse(readFileSync(join(folder, 'checks.json'), 'utf8'));
}
