-- What agents did, kept for a while: see docs/agents.md.
create table agent_call (
  account_id text not null references account on delete cascade,
  -- grows with time
  id text not null,
  key_id text not null,
  key_last4 text not null,
  tool text not null,
  arguments jsonb not null,
  outcome text not null,
  request_ids text[] not null default '{}',
  called_at timestamptz not null,
  primary key (account_id, id)
);
create index agent_call_by_time on agent_call (account_id, called_at, id);
create index agent_call_by_key on agent_call (account_id, key_id, called_at, id);
create index agent_call_by_tool on agent_call (account_id, tool, called_at, id);

-- How many people a key has reached on a day of its account.
create table agent_reach (
  account_id text not null references account on delete cascade,
  key_id text not null,
  day date not null,
  recipients bigint not null,
  primary key (account_id, key_id, day)
);
