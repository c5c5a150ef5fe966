-- Bulk imports asked for by API. A job and all that belongs to it is deleted when it has expired.
create table import_job (
  account_id text not null,
  id text not null,
  list_id text,
  status text not null,
  total integer not null,
  completed integer not null default 0,
  failed integer not null default 0,
  -- the rows before this chunk are done
  next_chunk integer not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  expires_at timestamptz not null,
  leased_by text,
  leased_until timestamptz,
  primary key (account_id, id)
);
create index import_job_by_created on import_job (account_id, created_at, id);
create index import_job_open on import_job (created_at) where status in ('queued', 'processing');
create index import_job_by_expiry on import_job (expires_at);

-- Rows that wait, some hundreds together; each chunk is done in one transaction.
create table import_chunk (
  account_id text not null,
  job_id text not null,
  number integer not null,
  rows jsonb not null,
  primary key (account_id, job_id, number)
);

-- Rows that were refused, as they came.
create table import_error (
  account_id text not null,
  job_id text not null,
  id text not null,
  code text not null,
  title text not null,
  detail text not null,
  pointer text not null,
  payload jsonb not null,
  primary key (account_id, job_id, id)
);

-- The people a job made or changed.
create table import_profile (
  account_id text not null,
  job_id text not null,
  profile_id text not null,
  primary key (account_id, job_id, profile_id)
);
create index import_profile_by_profile on import_profile (account_id, profile_id);

-- People who are to be erased. The row, with what is needed to find the last traces of somebody, is
-- deleted when nothing can turn up any more. anonymous_id is what their events are counted under.
create table erasure (
  account_id text not null,
  profile_id text not null,
  anonymous_id text not null,
  known_as jsonb not null default '[]',
  sweeps integer not null default 0,
  due_at timestamptz not null,
  leased_until timestamptz,
  primary key (account_id, profile_id)
);
create index erasure_by_due on erasure (due_at);
