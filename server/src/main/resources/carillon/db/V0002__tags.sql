create table tag_group (
  account_id text not null references account,
  id uuid not null,
  name text not null,
  exclusive boolean not null,
  is_default boolean not null,
  created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index tag_group_default on tag_group (account_id) where is_default;
create unique index tag_group_name on tag_group (account_id, lower(name));

create table tag (
  account_id text not null references account,
  id uuid not null,
  tag_group_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, tag_group_id) references tag_group on delete cascade
);
create unique index tag_name on tag (account_id, lower(name));
create index tag_by_group on tag (account_id, tag_group_id);

-- kind: list, segment, campaign or flow; resource_id is the id of one of them
create table tagging (
  account_id text not null references account,
  kind text not null,
  resource_id text not null,
  tag_id uuid not null,
  created_at timestamptz not null,
  primary key (account_id, kind, resource_id, tag_id),
  foreign key (account_id, tag_id) references tag on delete cascade
);
create index tagging_by_tag on tagging (account_id, tag_id, kind, resource_id);
