/**
 * Work that outlives a request: lanes, the outbox and its workers.
 *
 * <p>All work about people moves in lanes. A lane is a small number derived from the profile id and
 * stands first in the key of every queue table; a node leases a lane, works through its rows in
 * order and finishes them. So one person's news is handled in order, by one worker at a time.
 */
package carillon.platform.work;
