package carillon.bounces;

import java.util.List;

/** Who decides about mail that is brought. */
interface Postmaster {

  /** What the server is called. */
  String domain();

  /** Whether there is such an address. */
  boolean knows(String address);

  /** Takes a mail for addresses that are known, and answers the reply. Never throws. */
  String take(List<String> recipients, byte[] mail);
}
