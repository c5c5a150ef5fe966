package carillon.django;

import java.util.OptionalInt;

/** What an {@code if} decides by: values and operators over them. */
sealed interface Condition {

  /** The value of this part, null for a missing variable. */
  Object value(Context context);

  default boolean holds(Context context) {
    return Values.truth(value(context));
  }

  /** A value with its filters. */
  record Value(Expression expression) implements Condition {

    @Override
    public Object value(Context context) {
      return expression.valueOrNull(context);
    }
  }

  record Not(Condition inner) implements Condition {

    @Override
    public Object value(Context context) {
      return !inner.holds(context);
    }
  }

  record And(Condition left, Condition right) implements Condition {

    @Override
    public Object value(Context context) {
      var value = left.value(context);
      return Values.truth(value) ? right.value(context) : value;
    }
  }

  record Or(Condition left, Condition right) implements Condition {

    @Override
    public Object value(Context context) {
      var value = left.value(context);
      return Values.truth(value) ? value : right.value(context);
    }
  }

  /** Two values compared; false whenever they cannot be. */
  record Compare(Operator operator, Condition left, Condition right) implements Condition {

    @Override
    public Object value(Context context) {
      return operator.holds(left.value(context), right.value(context), context.meter());
    }
  }

  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IN,
    NOT_IN,
    IS,
    IS_NOT;

    private boolean holds(Object left, Object right, Meter meter) {
      var comparison = new Comparison(meter);
      return switch (this) {
        case EQUAL -> comparison.equal(left, right);
        case NOT_EQUAL -> !comparison.equal(left, right);
        case LESS -> is(comparison.order(left, right), -1, -1);
        case LESS_OR_EQUAL -> is(comparison.order(left, right), -1, 0);
        case GREATER -> is(comparison.order(left, right), 1, 1);
        case GREATER_OR_EQUAL -> is(comparison.order(left, right), 0, 1);
        case IN -> is(comparison.holds(right, left), 1, 1);
        case NOT_IN -> is(comparison.holds(right, left), 0, 0);
        case IS -> same(left, right, comparison);
        case IS_NOT -> !same(left, right, comparison);
      };
    }

    private static boolean is(OptionalInt order, int from, int to) {
      if (order.isEmpty()) {
        return false;
      }
      var sign = Integer.signum(order.getAsInt());
      return sign >= from && sign <= to;
    }

    private static boolean same(Object left, Object right, Comparison comparison) {
      return left == right
          || (left != null
              && right != null
              && left.getClass() == right.getClass()
              && comparison.equal(left, right));
    }
  }
}
