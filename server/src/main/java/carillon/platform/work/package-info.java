/**
 * Work that outlives a request: lanes, the outbox and its workers.
 *
 * <p>All work about people moves in lanes. A lane is a small number derived from the profile id and
 * stands first in the key of every queue table; a node leases a lane, works through its rows in
 * order and finishes them. So one person's news is handled in order, by one worker at a time.
 *
 * <p>{@link carillon.platform.work.Outbox} takes news, {@link carillon.platform.work.OutboxWorkers}
 * passes it on to {@link carillon.platform.work.OutboxSubscriber}s; other queues implement {@link
 * carillon.platform.work.LaneQueue} and are worked by {@link carillon.platform.work.LaneWorkers}.
 * What is not about one person is a task of a {@link carillon.platform.work.Background}.
 */
package carillon.platform.work;
