import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMPANY } from '../src/server.mjs';
import { FilterBuilder, refused } from '../src/shop.mjs';
import { fresh, proxy, shop } from '../src/world.mjs';
import { taken } from './client.mjs';
import { freshEmail } from './made.mjs';

async function read(path) {
  const answer = await fetch(`${proxy.url}/client/${path}${path.includes('?') ? '&' : '?'}company_id=${COMPANY}`, {
    headers: { revision: '2026-04-15' },
  });
  assert.equal(answer.status, 200);
  return answer.json();
}

async function handIn(attributes) {
  const content = fresh('Comfortable');
  await taken('reviews', {
    type: 'review',
    attributes: { review_type: 'review', email: freshEmail('critic'), author: 'Ada L.', content, rating: 5, ...attributes },
  });
  const filter = new FilterBuilder().contains('content', content).build();
  const { body } = await shop.reviews.getReviews({ filter, include: ['events'] });
  return { review: body.data[0], events: body.included, content };
}

function decide(id, status) {
  return shop.reviews.updateReview(id, { data: { type: 'review', id, attributes: { status } } });
}

describe('reviews', () => {
  it('a review is shown once it is published, and not who wrote it', async () => {
    const product = { external_id: fresh('sku'), integration_key: 'shopify' };
    const { review, events, content } = await handIn({ product, title: 'Lovely' });
    assert.equal(review.attributes.status.value, 'pending');
    assert.equal(events.length, 1);
    const filter = `filter=${encodeURIComponent(`contains(content,"${content}")`)}`;
    assert.deepEqual((await read(`reviews?${filter}`)).data, []);
    await decide(review.id, { value: 'published' });
    const [shown] = (await read(`reviews?${filter}`)).data;
    assert.deepEqual([shown.id, shown.attributes.rating, 'email' in shown.attributes], [review.id, 5, false]);
    const { data } = await read(
      'review-values-reports?group_by=product_id&statistics=average_rating,total_reviews&timeframe=all_time' +
        `&filter=${encodeURIComponent(`equals(product_external_ids,"${product.external_id}")`)}`,
    );
    assert.deepEqual(data[0].attributes.results, [
      { groupings: { product_id: product.external_id }, statistics: { average_rating: 5, total_reviews: 1 } },
    ]);
  });

  it('a review is rejected for a reason', async () => {
    const { review } = await handIn({ rating: 1 });
    await decide(review.id, { value: 'rejected', rejectionReason: { reason: 'fake' } });
    const { body } = await shop.reviews.getReview(review.id);
    assert.equal(body.data.attributes.status.value, 'rejected');
    await refused(decide('999999999', { value: 'published' }), 404);
  });
});
