create table campaign (
  account_id text not null references account,
  id text not null,
  name text not null,
  status text not null,
  archived boolean not null default false,
  channel text not null,
  audiences jsonb not null,
  send_strategy jsonb not null,
  send_options jsonb not null,
  tracking_options jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  scheduled_at timestamptz,
  send_time timestamptz,
  -- null until a send job was made; then queued, processing, complete or cancelled
  send_job_status text,
  -- where the hand-out of recipients goes on after a restart
  fan_out jsonb,
  -- who works on it, and until when nobody else need look
  leased_by text,
  leased_until timestamptz,
  primary key (account_id, id)
);
create index campaign_by_created on campaign (account_id, created_at, id);
create index campaign_by_updated on campaign (account_id, updated_at, id);
create index campaign_by_name on campaign (account_id, name, id);
create index campaign_at_work on campaign (send_time)
  where status in ('Preparing to send', 'Preparing to schedule', 'Scheduled',
    'Queued without Recipients', 'Adding Recipients', 'Sending');

create table campaign_message (
  account_id text not null references account,
  id text not null,
  campaign_id text not null,
  definition jsonb not null,
  template_id text,
  image_id bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, campaign_id) references campaign on delete cascade
);
create index campaign_message_by_campaign on campaign_message (account_id, campaign_id);
create index campaign_message_by_template on campaign_message (account_id, template_id);

-- audience is what was counted; a result is out of date when the campaign's differs.
create table campaign_estimation (
  account_id text not null references account,
  campaign_id text not null,
  status text not null,
  audience jsonb not null,
  recipients bigint,
  created_at timestamptz not null,
  leased_until timestamptz,
  primary key (account_id, campaign_id),
  foreign key (account_id, campaign_id) references campaign on delete cascade
);
create index campaign_estimation_open on campaign_estimation (created_at) where status = 'processing';
