import { describe, it } from 'node:test';
import { campaignSurvives } from './campaign.mjs';
import { eventsSurvive } from './events.mjs';
import { importsSurvive } from './imports.mjs';
import { segmentsSurvive } from './segments.mjs';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const say = (text) => console.log(`seed ${SEED}: ${text}`);

describe('what was accepted survives', () => {
  for (const victim of ['server', 'postgres']) {
    it(`events, when the ${victim} is killed`, () =>
      eventsSurvive({ rounds: 1, events: 1000, victim, seed: SEED, say }));
  }

  for (const servers of [1, 2]) {
    it(`a campaign, when one server of ${servers} is killed`, () =>
      campaignSurvives({ rounds: 1, recipients: 250, servers, seed: SEED, say }));
  }

  it('a bulk import, when the server is killed', () =>
    importsSurvive({ rounds: 1, people: 4000, seed: SEED, say }));

  it('the members of segments, when the server is killed', () =>
    segmentsSurvive({ rounds: 1, people: 150, seed: SEED, say }));
});
