-- copy_of is set on snapshots that belong to a message; they are read by id but never listed.
create table template (
  account_id text not null references account,
  id text not null,
  name text not null,
  editor_type text not null,
  html text not null,
  text text,
  amp text,
  definition jsonb,
  copy_of text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create index template_by_name on template (account_id, name, id) where copy_of is null;
create index template_by_created on template (account_id, created_at, id) where copy_of is null;
create index template_by_updated on template (account_id, updated_at, id) where copy_of is null;

create table image (
  account_id text not null references account,
  id bigint not null,
  name text not null,
  format text not null,
  size integer not null,
  width integer not null,
  height integer not null,
  hidden boolean not null,
  file_name text not null unique,
  content bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
alter table image alter column content set storage external;
create unique index image_name on image (account_id, name);
create index image_by_updated on image (account_id, updated_at, id);
create index image_by_size on image (account_id, size, id);
create index image_by_format on image (account_id, format, id);
