-- Confirmations of agents that were used, until they would be too old anyway.
create table agent_confirmation (
  account_id text not null references account on delete cascade,
  token text not null,
  used_at timestamptz not null,
  primary key (account_id, token)
);
