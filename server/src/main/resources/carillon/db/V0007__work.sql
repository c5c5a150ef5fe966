-- News between features, written in the transaction that made it; done rows are deleted.
create table outbox (
  lane smallint not null,
  id bigint generated always as identity,
  account_id text not null,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  primary key (lane, id)
);

-- Who works on a lane of a queue, and until when nobody else may.
create table lane_lease (
  queue text not null,
  lane smallint not null,
  holder text not null,
  until timestamptz not null,
  primary key (queue, lane)
);

create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
