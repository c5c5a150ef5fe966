import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { fresh, shop } from '../src/world.mjs';
import { newTemplate } from './made.mjs';

function render(id, context) {
  return shop.templates.renderTemplate({ data: { type: 'template', id, attributes: { context } } });
}

describe('templates', () => {
  it('a template is made, changed, found and deleted', async () => {
    const made = await newTemplate('<p>One</p>', { text: 'One' });
    const name = fresh('Renamed');
    await shop.templates.updateTemplate(made.id, {
      data: { type: 'template', id: made.id, attributes: { name, html: '<p>Two</p>' } },
    });
    const { body } = await shop.templates.getTemplate(made.id);
    assert.deepEqual([body.data.attributes.name, body.data.attributes.text], [name, 'One']);
    assert.match(body.data.attributes.html, /<p>Two<\/p>/);
    const filter = new FilterBuilder().equals('name', name).build();
    assert.deepEqual(ids((await shop.templates.getTemplates({ filter })).body), [made.id]);
    await shop.templates.deleteTemplate(made.id);
    await refused(shop.templates.getTemplate(made.id), 404);
  });

  it('a template is rendered with what is given, and missing values are empty', async () => {
    const { id } = await newTemplate(
      '<p>{{ first_name|default:"you" }}{% for item in event.items %}, {{ forloop.counter }} {{ item.name|upper }}{% endfor %}{{ nothing }}</p>',
      { text: 'Hi {{ first_name }}' },
    );
    const { body } = await render(id, { first_name: 'Ada', event: { items: [{ name: 'tea' }, { name: 'milk' }] } });
    assert.match(body.data.attributes.html, /<p>Ada, 1 TEA, 2 MILK<\/p>/);
    assert.equal(body.data.attributes.text, 'Hi Ada');
  });

  it('a syntax error is told, not guessed at', async () => {
    const { id } = await newTemplate('{{ event.$value }}');
    const [error] = await refused(render(id, { event: { $value: 3 } }), 400);
    assert.equal(error.code, 'invalid');
  });

  it('a clone is a template of its own', async () => {
    const original = await newTemplate('<p>Original</p>');
    const name = fresh('Cloned');
    const { body } = await shop.templates.cloneTemplate({
      data: { type: 'template', id: original.id, attributes: { name } },
    });
    assert.notEqual(body.data.id, original.id);
    await shop.templates.updateTemplate(original.id, {
      data: { type: 'template', id: original.id, attributes: { html: '<p>Changed</p>' } },
    });
    const clone = await shop.templates.getTemplate(body.data.id);
    assert.equal(clone.body.data.attributes.name, name);
    assert.match(clone.body.data.attributes.html, /Original/);
  });

  it('more templates than fit a page are read by following the next links', async () => {
    const word = fresh('Leaf');
    const made = [];
    for (let i = 0; i < 21; i++) {
      made.push((await newTemplate('<p></p>', { name: `${word} ${i}` })).id);
    }
    const filter = new FilterBuilder().contains('name', `${word} `).build();
    const { all, pages } = await everyPage((pageCursor) => shop.templates.getTemplates({ filter, pageCursor }));
    assert.equal(pages, 3);
    assert.deepEqual(all.map(({ id }) => id).sort(), made.sort());
  });
});
