import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyPage, FilterBuilder, ids, refused } from '../src/shop.mjs';
import { eventually } from '../src/waiting.mjs';
import { fresh, mailbox, shop } from '../src/world.mjs';
import {
  assignTemplate, becomes, EMAIL_CONTENT, freshEmail, newCampaign, newList, newTemplate, send, subscribe,
} from './made.mjs';

const IN_AN_HOUR = () => new Date(Date.now() + 3_600_000);

const ofChannel = (channel) => new FilterBuilder().equals('messages.channel', channel);

async function readyToSend(list, attributes) {
  const made = await newCampaign(list, attributes);
  const template = await newTemplate('<p>Hello {{ first_name|default:"you" }} {% unsubscribe %}</p>');
  await assignTemplate(made.message, template.id);
  return { ...made, template };
}

function job(id, action) {
  return shop.campaigns.cancelCampaignSend(id, { data: { type: 'campaign-send-job', id, attributes: { action } } });
}

async function status(id) {
  return (await shop.campaigns.getCampaign(id)).body.data.attributes.status;
}

describe('campaigns', () => {
  it('a new campaign is a draft with everything it was given', async () => {
    const [list, excluded] = [await newList(), await newList()];
    const name = fresh('Spring');
    const { campaign } = await newCampaign(list.id, {
      name,
      audiences: { included: [list.id], excluded: [excluded.id] },
      sendStrategy: { method: 'static', datetime: IN_AN_HOUR(), options: { isLocal: false } },
      trackingOptions: {
        addTrackingParams: true,
        isTrackingClicks: true,
        isTrackingOpens: false,
        customTrackingParams: [
          { type: 'static', name: 'utm_source', value: 'carillon' },
          { type: 'dynamic', name: 'utm_medium', value: 'message_type' },
        ],
      },
    });
    const { body } = await shop.campaigns.getCampaign(campaign.id, { include: ['campaign-messages', 'tags'] });
    const { attributes } = body.data;
    assert.deepEqual([attributes.name, attributes.status, attributes.archived], [name, 'Draft', false]);
    assert.deepEqual(attributes.audiences.excluded, [excluded.id]);
    assert.equal(attributes.sendStrategy.method, 'static');
    assert.equal(attributes.trackingOptions.customTrackingParams.length, 2);
    assert.deepEqual(body.included.map(({ type }) => type), ['campaign-message']);
  });

  it('a draft is changed and deleted', async () => {
    const { campaign } = await newCampaign((await newList()).id);
    const name = fresh('Changed');
    const { body } = await shop.campaigns.updateCampaign(campaign.id, {
      data: { type: 'campaign', id: campaign.id, attributes: { name, sendOptions: { useSmartSending: true } } },
    });
    assert.equal(body.data.attributes.name, name);
    assert.equal(body.data.attributes.sendOptions.useSmartSending, true);
    await shop.campaigns.deleteCampaign(campaign.id);
    await refused(shop.campaigns.getCampaign(campaign.id), 404);
  });

  it('campaigns are listed by channel only, and found by name', async () => {
    const { campaign } = await newCampaign((await newList()).id, { name: fresh('Needle') });
    const filter = ofChannel('email').contains('name', campaign.attributes.name).build();
    assert.deepEqual(ids((await shop.campaigns.getCampaigns(filter)).body), [campaign.id]);
    const [error] = await refused(shop.campaigns.getCampaigns('contains(name,"Needle")'), 400);
    assert.equal(error.source.parameter, 'filter');
  });

  it('more campaigns than fit a page are read by following the next links', async () => {
    const word = fresh('Crowd');
    const list = (await newList()).id;
    const made = [];
    for (let i = 0; i < 103; i++) {
      made.push((await newCampaign(list, { name: `${word} ${i}` })).campaign.id);
    }
    const filter = ofChannel('email').contains('name', `${word} `).build();
    const { all, pages } = await everyPage((pageCursor) =>
      shop.campaigns.getCampaigns(filter, { sort: 'created_at', pageCursor }),
    );
    assert.equal(pages, 2);
    assert.deepEqual(all.map(({ id }) => id), made);
  });

  it('text messages and pushes are kept as they were given', async () => {
    const list = (await newList()).id;
    const definitions = [
      { channel: 'sms', content: { body: 'Hello' }, renderOptions: { shortenLinks: false } },
      { channel: 'mobile_push', notificationType: 'standard', content: { title: 'Hi', body: 'There' } },
    ];
    for (const definition of definitions) {
      const campaignMessages = { data: [{ type: 'campaign-message', attributes: { definition } }] };
      const { campaign } = await newCampaign(list, { campaignMessages });
      const filter = ofChannel(definition.channel).build();
      assert.ok(ids((await shop.campaigns.getCampaigns(filter)).body).includes(campaign.id));
      await refused(send(campaign.id), 400);
    }
  });

  it('a message and its campaign lead to each other', async () => {
    const { campaign, message } = await newCampaign((await newList()).id);
    assert.deepEqual(ids((await shop.campaigns.getMessagesForCampaign(campaign.id)).body), [message]);
    assert.deepEqual(ids((await shop.campaigns.getMessageIdsForCampaign(campaign.id)).body), [message]);
    assert.equal((await shop.campaigns.getCampaignForCampaignMessage(message)).body.data.id, campaign.id);
    assert.equal((await shop.campaigns.getCampaignIdForCampaignMessage(message)).body.data.id, campaign.id);
  });

  it('the definition of a message is replaced as a whole', async () => {
    const { message } = await newCampaign((await newList()).id);
    const content = { ...EMAIL_CONTENT, subject: 'Another subject' };
    delete content.previewText;
    await shop.campaigns.updateCampaignMessage(message, {
      data: {
        type: 'campaign-message', id: message, attributes: { definition: { channel: 'email', label: 'B', content } },
      },
    });
    const { body } = await shop.campaigns.getCampaignMessage(message, { include: ['campaign'] });
    const { definition } = body.data.attributes;
    assert.deepEqual([definition.label, definition.content.subject], ['B', 'Another subject']);
    assert.ok(!definition.content.previewText);
  });

  it('a template is assigned as a copy that later changes do not touch', async () => {
    const { message, template } = await readyToSend((await newList()).id);
    await shop.templates.updateTemplate(template.id, {
      data: { type: 'template', id: template.id, attributes: { html: '<p>Too late</p>' } },
    });
    const copy = (await shop.campaigns.getTemplateForCampaignMessage(message)).body.data;
    assert.notEqual(copy.id, template.id);
    assert.match(copy.attributes.html, /Hello/);
    assert.equal((await shop.campaigns.getTemplateIdForCampaignMessage(message)).body.data.id, copy.id);
    const listed = new FilterBuilder().equals('id', copy.id).build();
    assert.deepEqual(ids((await shop.templates.getTemplates({ filter: listed })).body), []);
  });

  it('images belong to pushes and text messages only', async () => {
    const list = (await newList()).id;
    const importFromUrl = `data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7`;
    const { body } = await shop.images.uploadImageFromUrl({
      data: { type: 'image', attributes: { importFromUrl, name: fresh('Badge') } },
    });
    const linkage = { data: { type: 'image', id: body.data.id } };
    const definition = {
      channel: 'mobile_push', notificationType: 'standard', content: { title: 'Hi', body: 'There' },
    };
    const push = await newCampaign(list, {
      campaignMessages: { data: [{ type: 'campaign-message', attributes: { definition } }] },
    });
    await shop.campaigns.updateImageForCampaignMessage(push.message, linkage);
    assert.equal((await shop.campaigns.getImageForCampaignMessage(push.message)).body.data.id, body.data.id);
    assert.equal((await shop.campaigns.getImageIdForCampaignMessage(push.message)).body.data.id, body.data.id);
    const email = await newCampaign(list);
    await refused(shop.campaigns.updateImageForCampaignMessage(email.message, linkage), 400);
  });

  it('a clone is a draft of its own', async () => {
    const { campaign, message } = await readyToSend((await newList()).id);
    const name = fresh('Clone');
    const { body } = await shop.campaigns.createCampaignClone({
      data: { type: 'campaign', id: campaign.id, attributes: { newName: name } },
    });
    assert.deepEqual([body.data.attributes.name, body.data.attributes.status], [name, 'Draft']);
    assert.notEqual(body.data.id, campaign.id);
    const [copy] = (await shop.campaigns.getMessagesForCampaign(body.data.id)).body.data;
    assert.notEqual(copy.id, message);
    assert.equal(copy.attributes.definition.content.subject, EMAIL_CONTENT.subject);
  });

  it('the recipients are estimated: members, less those excluded', async () => {
    const [list, excluded] = [await newList(), await newList()];
    const emails = Array.from({ length: 4 }, () => freshEmail('estimated'));
    await subscribe(list.id, emails);
    await subscribe(excluded.id, emails.slice(0, 1));
    const { campaign } = await newCampaign(list.id, { audiences: { included: [list.id], excluded: [excluded.id] } });
    await refused(shop.campaigns.getCampaignRecipientEstimation(campaign.id), 404);
    await shop.campaigns.refreshCampaignRecipientEstimation({
      data: { type: 'campaign-recipient-estimation-job', id: campaign.id },
    });
    await eventually('the estimation', async () => {
      const { body } = await shop.campaigns.getCampaignRecipientEstimationJob(campaign.id);
      return body.data.attributes.status === 'complete';
    });
    const { body } = await shop.campaigns.getCampaignRecipientEstimation(campaign.id);
    assert.equal(body.data.attributes.estimatedRecipientCount, 3);
  });
});

describe('sending a campaign', () => {
  it('one without a template is refused and stays a draft', async () => {
    const { campaign } = await newCampaign((await newList()).id);
    await refused(send(campaign.id), 400);
    assert.equal(await status(campaign.id), 'Draft');
  });

  it('one to nobody ends by itself', async () => {
    const { campaign } = await readyToSend((await newList()).id);
    await send(campaign.id);
    await becomes(campaign.id, 'Cancelled: No Recipients');
  });

  it('a scheduled one goes back to draft when reverted and mails nobody', async () => {
    const list = await newList();
    const email = freshEmail('scheduled');
    await subscribe(list.id, [email]);
    const { campaign } = await readyToSend(list.id, { sendStrategy: { method: 'static', datetime: IN_AN_HOUR() } });
    await send(campaign.id);
    const scheduled = await becomes(campaign.id, 'Scheduled');
    assert.ok(scheduled.attributes.scheduledAt && scheduled.attributes.sendTime);
    await job(campaign.id, 'revert');
    await becomes(campaign.id, 'Draft');
    assert.ok(!mailbox.recipients().includes(email));
  });

  it('a scheduled one is cancelled for good', async () => {
    const list = await newList();
    await subscribe(list.id, [freshEmail('cancelled')]);
    const { campaign } = await readyToSend(list.id, { sendStrategy: { method: 'static', datetime: IN_AN_HOUR() } });
    await send(campaign.id);
    await becomes(campaign.id, 'Scheduled');
    await job(campaign.id, 'cancel');
    await becomes(campaign.id, 'Cancelled');
    const { body } = await shop.campaigns.getCampaignSendJob(campaign.id);
    assert.equal(body.data.attributes.status, 'cancelled');
    await refused(send(campaign.id), 400);
  });

  it('everybody of the audience gets one mail, those excluded get none', async () => {
    const [list, other, excluded] = [await newList(), await newList(), await newList()];
    const emails = Array.from({ length: 6 }, () => freshEmail('reader'));
    await subscribe(list.id, emails.slice(0, 4));
    await subscribe(other.id, emails.slice(2));
    await subscribe(excluded.id, emails.slice(0, 1));
    const { campaign } = await readyToSend(list.id, {
      audiences: { included: [list.id, other.id], excluded: [excluded.id] },
    });
    await send(campaign.id);
    await becomes(campaign.id, 'Sent');
    const got = mailbox.recipients().filter((address) => emails.includes(address));
    assert.deepEqual(got.sort(), emails.slice(1).sort());
    const job = await shop.campaigns.getCampaignSendJob(campaign.id);
    assert.equal(job.body.data.attributes.status, 'complete');
    await refused(send(campaign.id), 400);
  });

  it('smart sending spares who had a mail just now', async () => {
    const list = await newList();
    const email = freshEmail('spared');
    await subscribe(list.id, [email]);
    const first = await readyToSend(list.id);
    await send(first.campaign.id);
    await becomes(first.campaign.id, 'Sent');
    const late = freshEmail('unspared');
    await subscribe(list.id, [late]);
    const second = await readyToSend(list.id, { sendOptions: { useSmartSending: true } });
    await send(second.campaign.id);
    await becomes(second.campaign.id, 'Sent');
    await mailbox.mailsTo(late);
    assert.equal(mailbox.recipients().filter((address) => address === email).length, 1);
  });

  it('an address the mail server does not know is a hard bounce and is not mailed again', async () => {
    const list = await newList();
    const [unknown, known] = [freshEmail('unknown'), freshEmail('known')];
    const members = await subscribe(list.id, [unknown, known]);
    mailbox.refuses = (address) => address === unknown && { code: 550, text: '5.1.1 no such user' };
    const { campaign } = await readyToSend(list.id);
    await send(campaign.id);
    await becomes(campaign.id, 'Sent');
    mailbox.refuses = () => undefined;
    const { suppression } = await eventually('the suppression', async () => {
      const { body } = await shop.profiles.getProfile(members.get(unknown), {
        additionalFieldsProfile: ['subscriptions'],
      });
      const { marketing } = body.data.attributes.subscriptions.email;
      return marketing.suppression.length > 0 && marketing;
    });
    assert.deepEqual(suppression.map(({ reason }) => reason), ['HARD_BOUNCE']);
    const again = await readyToSend(list.id);
    await send(again.campaign.id);
    await becomes(again.campaign.id, 'Sent');
    assert.equal((await mailbox.mailsTo(known, 2)).length, 2);
    assert.ok(!mailbox.recipients().includes(unknown));
  });

  it('a mail the server puts off waits for another try and can be cancelled', async () => {
    const list = await newList();
    const email = freshEmail('patient');
    await subscribe(list.id, [email]);
    let refusals = 0;
    mailbox.refuses = (address) => address === email && refusals++ === 0 && { code: 451, text: '4.7.1 try later' };
    const { campaign } = await readyToSend(list.id);
    await send(campaign.id);
    await eventually('the first try', () => refusals > 0);
    mailbox.refuses = () => undefined;
    assert.ok(!mailbox.recipients().includes(email));
    assert.equal(await status(campaign.id), 'Sending');
    await job(campaign.id, 'cancel');
    await becomes(campaign.id, 'Cancelled');
  });
});
