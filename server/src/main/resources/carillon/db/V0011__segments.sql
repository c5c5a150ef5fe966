create table segment (
  account_id text not null references account,
  id text not null,
  name text not null,
  definition jsonb not null,
  is_active boolean not null default true,
  is_starred boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- the rows of segment_member that count; 0 before the first computation
  generation integer not null default 0,
  -- the last number given to a generation
  drawn integer not null default 1,
  -- the generation being computed and the last profile looked at
  computing integer,
  computed_to text not null default '',
  -- the generation before, and how far it has been told what the computation changed
  replaced integer,
  told_to text not null default '',
  leased_by text,
  leased_until timestamptz,
  primary key (account_id, id)
);
create index segment_by_name on segment (account_id, name, id);
create index segment_by_created on segment (account_id, created_at, id);
create index segment_by_updated on segment (account_id, updated_at, id);
create index segment_at_work on segment (leased_until)
  where computing is not null or replaced is not null;

-- told is false until the outbox was told of a member that a computation found.
create table segment_member (
  account_id text not null,
  segment_id text not null,
  generation integer not null,
  profile_id text not null,
  joined_at timestamptz not null,
  told boolean not null default true,
  primary key (account_id, segment_id, generation, profile_id)
);
create index segment_member_by_joined
  on segment_member (account_id, segment_id, generation, joined_at, profile_id);
create index segment_member_by_profile on segment_member (account_id, profile_id);

-- People who changed while a segment was computed, to be looked at again before it counts.
create sequence segment_recheck_id;
create table segment_recheck (
  account_id text not null,
  segment_id text not null,
  profile_id text not null,
  id bigint not null default nextval('segment_recheck_id'),
  primary key (account_id, segment_id, profile_id, id)
);

-- Generations nobody needs any more, to be deleted little by little.
create table segment_remains (
  account_id text not null references account,
  segment_id text not null,
  generation integer not null,
  primary key (account_id, segment_id, generation)
);

-- Who came and went on each day of the account; shards let several lanes count at once.
create table segment_day (
  account_id text not null references account,
  segment_id text not null,
  day date not null,
  shard smallint not null,
  added bigint not null,
  removed bigint not null,
  primary key (account_id, segment_id, day, shard)
);

-- version counts the changes to an account's segments; timed is whether time alone can change
-- their members. Everything was right up to announced_at or will be looked at: up to told_at it was
-- told what indexes find, up to swept_at what is found by looking through all people, which is done
-- again at sweep_at. zone is where the days of the account began then.
create table segment_upkeep (
  account_id text primary key references account,
  version bigint not null,
  timed boolean not null,
  announced_at timestamptz not null,
  told_at timestamptz not null,
  swept_at timestamptz not null,
  sweep_at timestamptz not null,
  zone text not null,
  leased_by text,
  leased_until timestamptz
);
create index segment_upkeep_timed on segment_upkeep (leased_until) where timed;
