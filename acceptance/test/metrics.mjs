import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask as plain } from '../src/plain.mjs';
import { everyPage, ids, refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, proxy, shop } from '../src/world.mjs';
import { freshEmail, metricNamed, record } from './made.mjs';

async function propertiesOf(metric, count) {
  return eventually(`${count} properties of ${metric}`, async () => {
    const { body } = await shop.metrics.getPropertiesForMetric(metric, {
      additionalFieldsMetricProperty: ['sample_values'],
    });
    return body.data.length >= count && body.data;
  });
}

describe('metrics', () => {
  it('a metric is known from its first event on, with the integration that sent it', async () => {
    const name = fresh('Played Chess');
    await record(name, freshEmail('player'));
    const { id } = await metricNamed(name);
    const { body } = await shop.metrics.getMetric(id, { include: ['flow-triggers'] });
    assert.equal(body.data.attributes.name, name);
    assert.deepEqual(
      [body.data.attributes.integration.name, body.data.attributes.integration.category], ['API', 'API'],
    );
    assert.deepEqual(body.included, []);
  });

  it('more metrics than fit a page are read by following the next links', async () => {
    const names = Array.from({ length: 205 }, () => fresh('Many'));
    await Promise.all(names.map((name) => record(name, freshEmail('many'))));
    await metricNamed(names.at(-1));
    const { all, pages } = await everyPage((pageCursor) => shop.metrics.getMetrics({ pageCursor }));
    assert.ok(pages >= 2);
    const known = new Set(all.map(({ attributes }) => attributes.name));
    assert.ok(names.every((name) => known.has(name)));
  });

  it('the properties of events are learnt with their types and samples', async () => {
    const name = fresh('Learnt');
    await record(name, freshEmail('teacher'), { properties: { Brand: 'Acme', Price: 12.5, Gift: true } });
    const { id } = await metricNamed(name);
    const learnt = await propertiesOf(id, 3);
    const types = Object.fromEntries(learnt.map(({ attributes }) => [attributes.property, attributes.inferredType]));
    assert.deepEqual([types.Brand, types.Price, types.Gift], ['string', 'numeric', 'boolean']);
    const brand = learnt.find(({ attributes }) => attributes.property === 'Brand');
    assert.deepEqual(brand.attributes.sampleValues, ['Acme']);
    const linked = ids((await shop.metrics.getPropertyIdsForMetric(id)).body);
    assert.ok(linked.includes(brand.id));
  });

  it('a property leads back to its metric', async () => {
    const name = fresh('Owned');
    await record(name, freshEmail('owner'), { properties: { Colour: 'red' } });
    const metric = await metricNamed(name);
    const [property] = await propertiesOf(metric.id, 1);
    const { body } = await shop.metrics.getMetricProperty(property.id, { include: ['metric'] });
    assert.equal(body.included[0].id, metric.id);
    assert.equal((await shop.metrics.getMetricForMetricProperty(property.id)).body.data.id, metric.id);
    assert.equal((await shop.metrics.getMetricIdForMetricProperty(property.id)).body.data.id, metric.id);
  });

  it('a metric starts no flows yet', async () => {
    const name = fresh('Flowless');
    await record(name, freshEmail('still'));
    const { id } = await metricNamed(name);
    assert.deepEqual(ids((await shop.metrics.getFlowsTriggeredByMetric(id)).body), []);
    assert.deepEqual(ids((await shop.metrics.getIdsForFlowsTriggeredByMetric(id)).body), []);
  });

  it('events are counted by day and by what they say', async () => {
    const name = fresh('Counted');
    const [ada, bob] = [freshEmail('counted'), freshEmail('counted')];
    await record(name, ada, { value: 20, time: new Date('2026-03-01T10:00:00Z'), properties: { URL: '/a' } });
    await record(name, ada, { value: 5.5, time: new Date('2026-03-01T11:00:00Z'), properties: { URL: '/a' } });
    await record(name, bob, { value: 1, time: new Date('2026-03-02T10:00:00Z') });
    const { id } = await metricNamed(name);
    const filter = ['greater-or-equal(datetime,2026-03-01T00:00:00)', 'less-than(datetime,2026-03-03T00:00:00)'];
    const ask = (attributes) =>
      shop.metrics.queryMetricAggregates({ data: { type: 'metric-aggregate', attributes: { metricId: id, filter, ...attributes } } });
    const { body } = await ask({ measurements: ['count', 'sum_value', 'unique'], interval: 'day', timezone: 'UTC' });
    assert.deepEqual(body.data.attributes.dates.map((date) => date.toISOString()), [
      '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z',
    ]);
    const rows = (answer) => JSON.parse(JSON.stringify(answer.data.attributes.data));
    assert.deepEqual(rows(body), [
      { dimensions: [], measurements: { count: [2, 1], sum_value: [25.5, 1], unique: [1, 1] } },
    ]);
    const grouped = await ask({ measurements: ['count'], by: ['URL'], sort: '-count', pageSize: 1 });
    assert.deepEqual(rows(grouped.body), [{ dimensions: ['/a'], measurements: { count: [2, 0] } }]);
    // The SDK does not hand out the link to the next page.
    const page = (attributes) =>
      plain(proxy.url, 'POST', '/api/metric-aggregates', {
        data: {
          type: 'metric-aggregate',
          attributes: { metric_id: id, filter, measurements: ['count'], by: ['URL'], sort: '-count', ...attributes },
        },
      });
    const first = await page({ page_size: 1 });
    const rest = await page({ page_cursor: first.links.next });
    assert.deepEqual(rest.data.attributes.data, [{ dimensions: [''], measurements: { count: [0, 1] } }]);
    assert.equal(rest.links.next, null);
    await refused(ask({ measurements: ['count'], filter: ['equals(URL,"/a")'] }), 400);
  });

  it('an unknown metric does not exist', async () => {
    const [error] = await refused(shop.metrics.getMetric('ZZZZZZ'), 404);
    assert.equal(error.code, 'not_found');
  });
});
