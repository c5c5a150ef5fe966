import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bring } from '../src/bringer.mjs';
import { BOUNCE_DOMAIN, BOUNCE_PORT, fresh, mailbox, shop } from '../src/world.mjs';
import {
  assignTemplate, becomes, eventsOf, freshEmail, metricNamed, newCampaign, newList, newTemplate, record, send,
  subscribe,
} from './made.mjs';

const undeliverable = ({ from, to }) => `From: MAILER-DAEMON@mta.invalid (Mail Delivery System)
To: ${from}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

Your mail could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mta.invalid

Final-Recipient: rfc822; ${to}
Original-Recipient: rfc822;${to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <${to}>: Recipient address rejected: User unknown

--part
Content-Type: text/rfc822-headers

To: ${to}

--part--`;

const complaint = ({ from, messageId }) => `From: feedback@mailbox.invalid
To: complaints@${BOUNCE_DOMAIN}
Subject: Abuse report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain

This is an abuse report.

--part
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Mailbox/1.0
Version: 1
Original-Mail-From: <${from}>

--part
Content-Type: message/rfc822

Subject: Hello
Message-ID: ${messageId}

Hello

--part--`;

describe('mail that comes back after a campaign', () => {
  const [ada, bob, cy] = [freshEmail('ada'), freshEmail('bob'), freshEmail('cy')];
  const told = {};

  it('is known by the address it comes to', async () => {
    const list = (await newList(fresh('Bounces'))).id;
    told.members = await subscribe(list, [ada, bob, cy]);
    const orders = fresh('Ordered');
    await record(orders, cy);
    told.metric = (await metricNamed(orders)).id;
    const { campaign, message } = await newCampaign(list);
    told.campaign = campaign.id;
    await assignTemplate(message, (await newTemplate('<p>Hello {% unsubscribe %}</p>')).id);
    await send(campaign.id);
    await becomes(campaign.id, 'Sent');
    await mailbox.mailsTo(ada);
    [told.toBob] = await mailbox.mailsTo(bob);
    told.adasAddress = mailbox.senderTo(ada);
    told.bobsAddress = mailbox.senderTo(bob);
    assert.notEqual(told.adasAddress, told.bobsAddress);
    assert.ok(told.adasAddress.endsWith(`@${BOUNCE_DOMAIN}`));
  });

  it('suppresses whose address is no good', async () => {
    const mail = undeliverable({ from: told.adasAddress, to: ada });
    assert.match(await bring(BOUNCE_PORT, told.adasAddress, mail), /^250 /);
    const marketing = await standing(ada);
    assert.deepEqual(marketing.suppression.map(({ reason }) => reason), ['HARD_BOUNCE']);
    assert.equal(marketing.canReceiveEmailMarketing, false);
  });

  it('takes a complaint for a word against all mails', async () => {
    const mail = complaint({ from: told.bobsAddress, messageId: told.toBob.messageId });
    assert.match(await bring(BOUNCE_PORT, `complaints@${BOUNCE_DOMAIN}`, mail, 'feedback@mailbox.invalid'), /^250 /);
    const marketing = await standing(bob);
    assert.ok(marketing.suppression.some(({ reason }) => reason === 'SPAM_COMPLAINT'));
    assert.equal(marketing.consent, 'UNSUBSCRIBED');
  });

  it('is refused at addresses nobody was given', async () => {
    const forged = told.adasAddress.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'));
    assert.match(await bring(BOUNCE_PORT, forged, undeliverable({ from: forged, to: cy })), /^550 /);
    assert.match(await bring(BOUNCE_PORT, 'postmaster@elsewhere.invalid', 'Subject: hello'), /^550 /);
  });

  it('is counted in the report of the campaign', async () => {
    const wanted = { recipients: 3, bounced: 1, delivered: 2, spam_complaints: 1, spam_complaint_rate: 0.5 };
    const { body } = await shop.reporting.queryCampaignValues({
      data: {
        type: 'campaign-values-report',
        attributes: {
          statistics: Object.keys(wanted),
          timeframe: { key: 'last_7_days' },
          conversionMetricId: told.metric,
          filter: `equals(campaign_id,"${told.campaign}")`,
        },
      },
    });
    assert.deepEqual(body.data.attributes.results[0].statistics, wanted);
  });

  it('can be read as events', async () => {
    for (const [name, email] of [['Bounced Email', ada], ['Marked Email as Spam', bob]]) {
      const events = await eventsOf((await metricNamed(name)).id);
      const mine = events.find((event) => event.relationships.profile.data.id === told.members.get(email));
      assert.equal(mine.attributes.eventProperties['Recipient Email Address'], email);
    }
  });

  async function standing(email) {
    const { body } = await shop.profiles.getProfile(told.members.get(email), {
      additionalFieldsProfile: ['subscriptions'],
    });
    return body.data.attributes.subscriptions.email.marketing;
  }
});
