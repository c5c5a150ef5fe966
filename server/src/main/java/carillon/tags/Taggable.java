package carillon.tags;

import java.util.Collection;
import java.util.Set;

/** A kind of resource that can be tagged. */
@FunctionalInterface
public interface Taggable {

  /** Which of the ids belong to resources of the account. */
  Set<String> existing(String account, Collection<String> ids);
}
