// The long form: node crash/run.mjs [--rounds 10] [--events 10000] [--recipients 5000] [--people 10000] [--seed 1]
import { parseArgs } from 'node:util';
import { campaignSurvives } from './campaign.mjs';
import { eventsSurvive } from './events.mjs';
import { importsSurvive } from './imports.mjs';
import { segmentsSurvive } from './segments.mjs';

const number = (preset) => ({ type: 'string', default: String(preset) });
const { values } = parseArgs({
  options: {
    rounds: number(10),
    events: number(10_000),
    recipients: number(5_000),
    people: number(10_000),
    seed: number(Date.now() % 1_000_000),
  },
});
const { rounds, events, recipients, people, seed } = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, Number(value)]),
);

console.log(`seed ${seed}`);
for (const victim of ['server', 'postgres']) {
  await eventsSurvive({ rounds, events, victim, seed, say: console.log });
}
for (const servers of [1, 2]) {
  await campaignSurvives({ rounds, recipients, servers, seed, say: console.log });
}
await importsSurvive({ rounds, people, seed, say: console.log });
await segmentsSurvive({ rounds, people: Math.min(people, 1_000), seed, say: console.log });
console.log('nothing that was accepted is missing');
