package carillon.django;

/** What an expression starts from, or a filter's argument. */
sealed interface Operand permits Path, Operand.Literal {

  /** The value, {@link Missing#MISSING} when there is none. */
  Object value(Context context);

  /** A constant of the source. */
  record Literal(Object constant) implements Operand {

    @Override
    public Object value(Context context) {
      return constant;
    }
  }
}
