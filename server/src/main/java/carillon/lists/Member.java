package carillon.lists;

import java.time.Instant;

/** A profile on a list, and since when. */
record Member(String profile, Instant joinedAt) {}
