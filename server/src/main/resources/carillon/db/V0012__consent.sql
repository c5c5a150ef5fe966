-- Jobs that suppress people, or end what such a job began: those with some addresses, or all on a
-- list, or all in a segment, in the order of ids. What is done is counted in the transaction that
-- does it, so a job whose node died goes on where it stopped.
create table suppression_job (
  account_id text not null references account,
  id text not null,
  -- suppress or unsuppress
  action text not null,
  emails text[] not null default '{}',
  list_id text,
  segment_id text,
  status text not null,
  total bigint not null,
  completed bigint not null default 0,
  skipped bigint not null default 0,
  -- the last profile that was looked at
  reached text not null default '',
  created_at timestamptz not null,
  completed_at timestamptz,
  leased_by text,
  leased_until timestamptz,
  primary key (account_id, id)
);
create index suppression_job_by_created on suppression_job (account_id, action, created_at, id);
create index suppression_job_open on suppression_job (created_at) where status = 'processing';
