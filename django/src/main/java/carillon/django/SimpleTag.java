package carillon.django;

/** What a tag without body prints or binds. */
@FunctionalInterface
public interface SimpleTag {

  /** A value of the language; text is escaped in HTML unless it is {@link SafeText}. */
  Object value(TagCall call);
}
