package carillon.django;

/** What a filter does; {@code argument} is null when none was given. */
@FunctionalInterface
public interface FilterFunction {

  /**
   * Must accept any value and never throw for a wrong one.
   *
   * @return a map, list, text, number, boolean, date, {@link SafeText} or null
   */
  Object apply(Object value, Object argument, Context context);
}
