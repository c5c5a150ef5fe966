create table metric (
  account_id text not null references account,
  id text not null,
  name text not null,
  integration_id text not null,
  integration_key text not null,
  integration_name text not null,
  integration_category text not null,
  has_value boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, integration_name, name)
);
create index metric_by_created on metric (account_id, created_at, id);

-- Properties learnt from events; samples is an array of a few values.
create table metric_property (
  account_id text not null references account,
  metric_id text not null,
  property text not null,
  inferred_type text not null,
  samples jsonb not null default '[]',
  created_at timestamptz not null,
  primary key (account_id, metric_id, property),
  foreign key (account_id, metric_id) references metric on delete cascade
);

-- Handed out to servers in blocks, so that numbering events costs no statement of its own.
create sequence event_seq increment by 4096;

-- An event's public id is made of profile_id, at and seq, so that it needs no index of its own.
-- unique_id defaults to the second of the event; value and $event_id are not repeated in properties.
create table event (
  account_id text not null,
  profile_id text not null,
  at timestamptz not null,
  seq bigint not null,
  metric_id text not null,
  unique_id text not null,
  value numeric,
  properties jsonb not null,
  primary key (profile_id, at, seq)
);
create unique index event_unique on event (profile_id, metric_id, unique_id);
create index event_by_metric on event (account_id, metric_id, at, seq) include (profile_id);
create index event_by_time on event (account_id, at, seq);

-- Which message a later event is owed to: the last one opened or clicked within the window.
create table attribution (
  account_id text not null,
  profile_id text not null,
  event_at timestamptz not null,
  event_seq bigint not null,
  metric_id text not null,
  touch_at timestamptz not null,
  touch_seq bigint not null,
  campaign_id text not null,
  message_id text not null,
  primary key (profile_id, event_at, event_seq)
);
create index attribution_by_campaign on attribution (account_id, campaign_id, metric_id);
