-- The ledger: one row for each message to a person, unique per source (a campaign message) and
-- profile. state: queued, leased, sent, bounced, failed, skipped, cancelled. A row is leased while
-- the holder of its lane sends it; sent_at is also set on what bounced, for it was sent. bounce says
-- how: hard, soft or policy.
create table message (
  lane smallint not null,
  profile_id text not null,
  source_id text not null,
  account_id text not null,
  campaign_id text not null,
  channel text not null,
  recipient text not null,
  subject text,
  marketing boolean not null default true,
  state text not null,
  reason text,
  due_at timestamptz not null,
  attempts integer not null default 0,
  tried_at timestamptz,
  leased_by text,
  created_at timestamptz not null,
  sent_at timestamptz,
  opens integer not null default 0,
  opened_at timestamptz,
  clicks integer not null default 0,
  clicked_at timestamptz,
  machine_opens integer not null default 0,
  bounced_at timestamptz,
  bounce text,
  complained_at timestamptz,
  unsubscribed_at timestamptz,
  primary key (lane, profile_id, source_id)
);
create index message_due on message (lane, due_at) where state in ('queued', 'leased');
create index message_open on message (account_id, campaign_id) where state in ('queued', 'leased');
create index message_by_campaign on message (account_id, campaign_id, sent_at);

-- Mails kept by the built-in outbox, for the operator to look at.
create table kept_mail (
  account_id text not null,
  id text not null,
  at timestamptz not null,
  sender text not null,
  recipient text not null,
  subject text not null,
  html text,
  text text,
  content bytea not null,
  primary key (account_id, id)
);
create index kept_mail_by_time on kept_mail (id);
