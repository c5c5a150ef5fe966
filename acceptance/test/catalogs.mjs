import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, shop } from '../src/world.mjs';
import { post, taken } from './client.mjs';
import { eventsOf, freshEmail, metricNamed } from './made.mjs';

const SHOWN = { title: 'Red mug', description: 'For tea', url: 'https://shop.example/mug' };
const STOCK = { sku: 'mug-red', inventoryQuantity: 0, price: 12.5 };

const composite = (external) => `$custom:::$default:::${external}`;
const linkage = (type, ...all) => ({ data: all.map((id) => ({ type, id })) });

function itemOf(external, attributes = {}, categories = []) {
  return {
    type: 'catalog-item',
    attributes: { externalId: external, ...SHOWN, ...attributes },
    relationships: { categories: linkage('catalog-category', ...categories) },
  };
}

function variantOf(item, external, attributes = {}) {
  return {
    type: 'catalog-variant',
    attributes: { externalId: external, ...SHOWN, ...STOCK, ...attributes },
    relationships: { item: { data: { type: 'catalog-item', id: item } } },
  };
}

function categoryOf(external, name = external) {
  return { type: 'catalog-category', attributes: { externalId: external, name } };
}

async function newItem(attributes, categories) {
  return (await shop.catalogs.createCatalogItem({ data: itemOf(fresh('item'), attributes, categories) })).body.data;
}

async function newVariant(item, attributes) {
  return (await shop.catalogs.createCatalogVariant({ data: variantOf(item, fresh('variant'), attributes) })).body.data;
}

async function newCategory() {
  return (await shop.catalogs.createCatalogCategory({ data: categoryOf(fresh('category')) })).body.data;
}

describe('catalogs', () => {
  it('an item is made, read, changed, found and deleted', async () => {
    const title = fresh('Blue mug');
    const { id } = await newItem({ title, price: 9.9, customMetadata: { colour: 'blue' } });
    assert.match(id, /^\$custom:::\$default:::item \d+$/);
    const { attributes } = (await shop.catalogs.getCatalogItem(id)).body.data;
    assert.deepEqual(
      [attributes.title, attributes.price, attributes.published, attributes.customMetadata, attributes.images],
      [title, 9.9, true, { colour: 'blue' }, []],
    );
    const filter = new FilterBuilder().contains('title', title).build();
    assert.deepEqual(ids((await shop.catalogs.getCatalogItems({ filter })).body), [id]);
    const changed = await shop.catalogs.updateCatalogItem(id, {
      data: { type: 'catalog-item', id, attributes: { published: false } },
    });
    assert.equal(changed.body.data.attributes.published, false);
    assert.equal(changed.body.data.attributes.title, title);
    await shop.catalogs.deleteCatalogItem(id);
    const [error] = await refused(shop.catalogs.getCatalogItem(id), 404);
    assert.equal(error.detail, `An item with id ${id} does not exist.`);
  });

  it('variants come with their item', async () => {
    const item = await newItem();
    const [one, other] = [await newVariant(item.id), await newVariant(item.id, { sku: 'other' })];
    const { body } = await shop.catalogs.getCatalogItem(item.id, { include: ['variants'] });
    assert.deepEqual(body.included.map(({ id }) => id), [one.id, other.id]);
    assert.deepEqual(ids((await shop.catalogs.getVariantsForCatalogItem(item.id)).body), [one.id, other.id]);
    assert.deepEqual(ids((await shop.catalogs.getVariantIdsForCatalogItem(item.id)).body), [one.id, other.id]);
    const filter = `and(equals(item.id,"${item.id}"),equals(sku,"other"))`;
    assert.deepEqual(ids((await shop.catalogs.getCatalogVariants({ filter })).body), [other.id]);
    await shop.catalogs.updateCatalogVariant(one.id, {
      data: { type: 'catalog-variant', id: one.id, attributes: { inventoryQuantity: 4 } },
    });
    const { attributes } = (await shop.catalogs.getCatalogVariant(one.id)).body.data;
    assert.deepEqual([attributes.inventoryQuantity, attributes.inventoryPolicy], [4, 0]);
    await shop.catalogs.deleteCatalogVariant(other.id);
    assert.deepEqual(ids((await shop.catalogs.getVariantsForCatalogItem(item.id)).body), [one.id]);
  });

  it('items and categories lead to each other', async () => {
    const [kitchen, gifts] = [await newCategory(), await newCategory()];
    const [mug, cup] = [await newItem({}, [kitchen.id]), await newItem()];
    assert.deepEqual(ids((await shop.catalogs.getCategoriesForCatalogItem(mug.id)).body), [kitchen.id]);
    await refused(
      shop.catalogs.addCategoriesToCatalogItem(mug.id, linkage('catalog-category', kitchen.id, gifts.id)),
      409,
    );
    await shop.catalogs.addCategoriesToCatalogItem(mug.id, linkage('catalog-category', gifts.id));
    assert.deepEqual(
      ids((await shop.catalogs.getCategoryIdsForCatalogItem(mug.id)).body), [kitchen.id, gifts.id],
    );
    await shop.catalogs.updateCategoriesForCatalogItem(mug.id, linkage('catalog-category', kitchen.id));
    await shop.catalogs.addItemsToCatalogCategory(kitchen.id, linkage('catalog-item', cup.id));
    assert.deepEqual(ids((await shop.catalogs.getItemsForCatalogCategory(kitchen.id)).body), [mug.id, cup.id]);
    await shop.catalogs.updateItemsForCatalogCategory(kitchen.id, linkage('catalog-item', cup.id));
    assert.deepEqual(ids((await shop.catalogs.getItemIdsForCatalogCategory(kitchen.id)).body), [cup.id]);
    await shop.catalogs.removeItemsFromCatalogCategory(kitchen.id, linkage('catalog-item', cup.id));
    await shop.catalogs.removeCategoriesFromCatalogItem(cup.id, linkage('catalog-category', kitchen.id));
    assert.deepEqual(ids((await shop.catalogs.getItemsForCatalogCategory(kitchen.id)).body), []);
  });

  it('a category is renamed, found and deleted, and its items stay', async () => {
    const { id } = await newCategory();
    const item = await newItem({}, [id]);
    const name = fresh('Kitchen');
    await shop.catalogs.updateCatalogCategory(id, { data: { type: 'catalog-category', id, attributes: { name } } });
    assert.equal((await shop.catalogs.getCatalogCategory(id)).body.data.attributes.name, name);
    const filter = new FilterBuilder().contains('name', name).build();
    assert.deepEqual(ids((await shop.catalogs.getCatalogCategories({ filter })).body), [id]);
    await shop.catalogs.deleteCatalogCategory(id);
    await refused(shop.catalogs.getCatalogCategory(id), 404);
    await shop.catalogs.getCatalogItem(item.id);
  });

  it('all pages are followed by their next links', async () => {
    const item = await newItem();
    const made = [];
    for (let i = 0; i < 105; i++) {
      made.push((await newVariant(item.id)).id);
    }
    const ask = (pageCursor) =>
      shop.catalogs.getVariantsForCatalogItem(item.id, { sort: '-created', pageCursor });
    const { all, pages } = await everyPage(ask);
    assert.equal(pages, 2);
    assert.deepEqual(all.map(({ id }) => id), made.reverse());
  });
});

/** What a kind of thing is called in the SDK, and a row to make, to change and to delete. */
const KINDS = [
  {
    kind: 'item', many: 'Items', jobs: 'CatalogItems', attribute: 'items',
    async rows() {
      const external = fresh('bulk item');
      return [itemOf(external), { title: 'Changed' }, composite(external)];
    },
  },
  {
    kind: 'variant', many: 'Variants', jobs: 'Variants', attribute: 'variants',
    async rows() {
      const external = fresh('bulk variant');
      return [variantOf((await newItem()).id, external), { title: 'Changed' }, composite(external)];
    },
  },
  {
    kind: 'category', many: 'Categories', jobs: 'Categories', attribute: 'categories',
    async rows() {
      const external = fresh('bulk category');
      return [categoryOf(external), { name: 'Changed' }, composite(external)];
    },
  },
];

describe('catalogs in bulk', () => {
  for (const { kind, many, jobs, attribute, rows } of KINDS) {
    async function done(action, data) {
      const word = action.toLowerCase();
      const { body } = await shop.catalogs[`bulk${action}Catalog${many}`]({
        data: { type: `catalog-${kind}-bulk-${word}-job`, attributes: { [attribute]: { data } } },
      });
      const options = action === 'Delete' ? {} : { include: [attribute] };
      const job = await eventually(`a job to ${word} ${attribute}`, async () => {
        const read = (await shop.catalogs[`getBulk${action}${jobs}Job`](body.data.id, options)).body;
        return read.data.attributes.status === 'complete' && read;
      });
      const listed = (await shop.catalogs[`getBulk${action}${jobs}Jobs`]({ filter: 'equals(status,"complete")' })).body;
      assert.equal(listed.data[0].id, body.data.id);
      return job;
    }

    it(`${attribute} are made, changed and deleted, and what cannot be is told`, async () => {
      const [row, changes, id] = await rows();
      const type = `catalog-${kind}`;
      const made = await done('Create', [row, row]);
      assert.equal(made.included[0].id, id);
      assert.deepEqual(
        [made.data.attributes.completedCount, made.data.attributes.failedCount, made.data.attributes.errors[0].code],
        [1, 1, 'conflict'],
      );
      const changed = await done('Update', [{ type, id, attributes: changes }]);
      const [[name, value]] = Object.entries(changes);
      assert.equal(changed.included[0].attributes[name], value);
      const deleted = await done('Delete', [{ type, id }]);
      assert.equal(deleted.data.attributes.completedCount, 1);
    });
  }
});

function waiting(variant, attributes) {
  return {
    type: 'back-in-stock-subscription',
    attributes: { channels: ['EMAIL'], profile: { data: { type: 'profile', attributes } } },
    relationships: { variant: { data: { type: 'catalog-variant', id: variant } } },
  };
}

describe('back in stock', () => {
  it('who waits for a variant is told of by an event, from a server and from a page', async () => {
    const variant = await newVariant((await newItem()).id);
    const emails = [freshEmail('patient'), freshEmail('visitor')];
    const { response } = await shop.catalogs.createBackInStockSubscription({
      data: waiting(variant.id, { email: emails[0] }),
    });
    assert.equal(response.status, 202);
    await taken('back-in-stock-subscriptions', waiting(variant.id, { email: emails[1] }));
    const metric = await metricNamed('Subscribed to Back in Stock');
    const events = await eventsOf(metric.id, 2);
    const told = events.filter(({ attributes }) => composite(attributes.eventProperties.VariantID) === variant.id);
    assert.deepEqual(told.map(({ attributes }) => attributes.eventProperties.Channels), [['EMAIL'], ['EMAIL']]);
  });

  it('an unknown variant is refused', async () => {
    const nothing = waiting(composite('nothing'), { email: freshEmail('lost') });
    const [error] = await refused(shop.catalogs.createBackInStockSubscription({ data: nothing }), 404);
    assert.equal(error.code, 'variant_not_found');
    assert.equal((await post('back-in-stock-subscriptions', nothing)).status, 404);
  });
});
