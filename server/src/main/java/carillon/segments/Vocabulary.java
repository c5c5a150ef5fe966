package carillon.segments;

import java.util.Optional;

/** What the definitions of an account can speak of. */
interface Vocabulary {

  /** Takes any id; for definitions that were checked before. */
  Vocabulary EVERYTHING =
      new Vocabulary() {
        @Override
        public boolean hasMetric(String id) {
          return true;
        }

        @Override
        public boolean hasList(String id) {
          return true;
        }

        @Override
        public Optional<Definition> segment(String id) {
          return Optional.empty();
        }
      };

  boolean hasMetric(String id);

  boolean hasList(String id);

  /** The definition of a segment of the account. */
  Optional<Definition> segment(String id);
}
