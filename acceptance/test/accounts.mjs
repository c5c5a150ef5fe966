import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMPANY } from '../src/server.mjs';
import { ids, refused, shopAt } from '../src/shop.mjs';
import { proxy, shop } from '../src/world.mjs';

describe('accounts', () => {
  it('the key leads to exactly one account, its own', async () => {
    const { body } = await shop.accounts.getAccounts();
    assert.deepEqual(ids(body), [COMPANY]);
    assert.equal(body.data[0].attributes.publicApiKey, COMPANY);
  });

  it('the account is read by id, narrowed to the fields asked for', async () => {
    const { body } = await shop.accounts.getAccount(COMPANY, { fieldsAccount: ['timezone'] });
    assert.equal(body.data.id, COMPANY);
    assert.equal(body.data.attributes.timezone, 'UTC');
    assert.equal(body.data.attributes.locale, undefined);
  });

  it('another account does not exist', async () => {
    const [error] = await refused(shop.accounts.getAccount('ZZZZZZ'), 404);
    assert.equal(error.code, 'not_found');
  });

  it('a wrong key is told nothing', async () => {
    const [error] = await refused(shopAt(proxy.url, 'pk_wrong').accounts.getAccounts(), 401);
    assert.equal(error.code, 'not_authenticated');
    assert.equal(error.detail, 'Missing or invalid private key.');
  });
});
