package carillon.delivery;

import java.util.Collection;
import java.util.Map;

/** Knows what the messages in the ledger say; implemented by who hands them over. */
@FunctionalInterface
public interface MessageSource {

  /**
   * What these messages say, by source id. Asked for each batch, so it must be quick. Rows of a
   * source that is not answered are skipped.
   */
  Map<String, Mailing> mailings(String account, Collection<String> sources);
}
