package carillon.delivery;

import java.util.Optional;

/** A row of the ledger, what became of it, and what it said if that is still known. */
record Settled(MessageRow row, Optional<Mailing> mailing, Verdict verdict) {}
