import assert from 'node:assert/strict';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { fresh, server, shop } from '../src/world.mjs';

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64',
);
const DOT_URI = `data:image/png;base64,${DOT.toString('base64')}`;

async function newImage(name, more = {}) {
  const { body } = await shop.images.uploadImageFromUrl({
    data: { type: 'image', attributes: { importFromUrl: DOT_URI, name, ...more } },
  });
  return body.data;
}

describe('images', () => {
  it('an image is served as it was given', async () => {
    const image = await newImage(fresh('Dot'));
    assert.deepEqual([image.attributes.format, image.attributes.size], ['png', DOT.length]);
    const served = await fetch(image.attributes.imageUrl);
    assert.equal(served.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await served.arrayBuffer()), DOT);
  });

  it('a file is uploaded and named by itself', async () => {
    const file = join(server.folder, 'logo-of-the-shop.png');
    writeFileSync(file, DOT);
    const { body } = await shop.images.uploadImageFromFile(createReadStream(file));
    assert.match(body.data.attributes.name, /^logo-of-the-shop/);
    const read = await shop.images.getImage(body.data.id);
    assert.equal(read.body.data.attributes.size, DOT.length);
  });

  it('names are made unique', async () => {
    const name = fresh('Banner');
    const names = [await newImage(name), await newImage(name)].map(({ attributes }) => attributes.name);
    assert.deepEqual(names, [name, `${name}.1`]);
  });

  it('an image is renamed and hidden', async () => {
    const image = await newImage(fresh('Old'));
    const name = fresh('New');
    const { body } = await shop.images.updateImage(image.id, {
      data: { type: 'image', id: image.id, attributes: { name, hidden: true } },
    });
    assert.deepEqual([body.data.attributes.name, body.data.attributes.hidden], [name, true]);
    const byName = new FilterBuilder().equals('name', name).build();
    assert.deepEqual(ids((await shop.images.getImages({ filter: byName })).body), []);
    const hidden = `${byName},equals(hidden,true)`;
    assert.deepEqual(ids((await shop.images.getImages({ filter: hidden })).body), [image.id]);
  });

  it('more images than fit a page are read by following the next links', async () => {
    const word = fresh('Strip');
    for (let i = 0; i < 25; i++) {
      await newImage(`${word} ${i}`);
    }
    const filter = new FilterBuilder().startsWith('name', `${word} `).build();
    const { all, pages } = await everyPage((pageCursor) => shop.images.getImages({ filter, pageSize: 10, pageCursor }));
    assert.equal(pages, 3);
    assert.equal(new Set(all.map(({ id }) => id)).size, 25);
  });

  it('what is no image and what lies inside the network is not fetched', async () => {
    const addresses = [
      `data:image/png;base64,${Buffer.from('not an image').toString('base64')}`,
      `${server.url}/assets/carillon.svg`,
      'http://169.254.169.254/latest/meta-data/',
      'http://[::1]/x.png',
    ];
    for (const importFromUrl of addresses) {
      const [error] = await refused(newImage(fresh('No'), { importFromUrl }), 400);
      assert.equal(error.source.pointer, '/data/attributes/import_from_url');
    }
  });
});
