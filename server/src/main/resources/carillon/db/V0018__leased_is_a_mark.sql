-- Every message is written three times: queued, leased, settled. Being leased is no state any more: it
-- stays queued while it is sent, and leased_by says so. No index knows that column, and pages keep room
-- for it, so that update touches no index.
update message set state = 'queued' where state = 'leased';
alter table message set (fillfactor = 70);

drop index message_due;
create index message_due on message (lane, due_at) where state = 'queued';

-- Nothing that is queued has been sent; saying so keeps this index to those who ask by campaign.
drop index message_open;
create index message_open on message (account_id, campaign_id)
  where state = 'queued' and sent_at is null;
