-- News between features, written in the transaction that made it; done rows are deleted. What failed
-- is tried again at retry_at, and holds back later news about the same profile until then.
create table outbox (
  lane smallint not null,
  profile_id text not null,
  id bigint generated always as identity,
  account_id text not null,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  attempts integer not null default 0,
  retry_at timestamptz,
  primary key (lane, id)
);
create index outbox_waiting on outbox (lane, profile_id, id) where retry_at is not null;

-- News that failed for good, for the operator to look at.
create table outbox_set_aside (
  lane smallint not null,
  profile_id text not null,
  id bigint not null,
  account_id text not null,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  attempts integer not null,
  failure text not null,
  set_aside_at timestamptz not null,
  primary key (lane, profile_id, id)
);

-- Who works on a lane of a queue, and until when nobody else may.
create table lane_lease (
  queue text not null,
  lane smallint not null,
  holder text not null,
  until timestamptz not null,
  primary key (queue, lane)
);

-- Who is at work on a queue, to share its lanes fairly.
create table lane_worker (
  queue text not null,
  holder text not null,
  until timestamptz not null,
  primary key (queue, holder)
);
