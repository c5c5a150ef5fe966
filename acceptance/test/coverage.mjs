import assert from 'node:assert/strict';
import { it } from 'node:test';
import { proxy } from '../src/world.mjs';

/** There is nothing these could succeed on before flows and conversations exist. */
const NOTHING_TO_WORK_ON = ['tag_flows', 'create_conversation_message'];

it('every declared operation was used and succeeded', async () => {
  const document = await (await fetch(`${proxy.url}/openapi.json`)).json();
  const published = Object.entries(document.paths).filter(([path]) => !path.startsWith('/carillon/'));
  const declared = published.flatMap(([, verbs]) => Object.values(verbs).map(({ operationId }) => operationId));
  const missing = declared.filter((id) => !proxy.used.has(id) && !NOTHING_TO_WORK_ON.includes(id));
  console.log(`${declared.length} operations declared, ${proxy.used.size} used with success`);
  assert.deepEqual(missing, []);
});
