package carillon.django;

import java.util.Optional;

/** A value with filters: {@code name|default:"you"|title}. */
record Expression(Operand operand, Call[] calls) {

  /** A filter with its argument, if it has one. */
  record Call(Filter filter, Optional<Operand> argument) {}

  /** The value to show: empty text when the variable is missing. */
  Object value(Context context) {
    var value = operand.value(context);
    if (calls.length == 0) {
      return value == Missing.MISSING ? "" : value;
    }
    return filtered(value == Missing.MISSING ? "" : value, context);
  }

  /** The value to decide or go round by: null when the variable is missing. */
  Object valueOrNull(Context context) {
    var value = operand.value(context);
    return filtered(value == Missing.MISSING ? null : value, context);
  }

  private Object filtered(Object start, Context context) {
    var value = start;
    for (var call : calls) {
      value = call.filter.apply(value, argument(call, context), context);
    }
    return value;
  }

  private static Object argument(Call call, Context context) {
    if (call.argument.isEmpty()) {
      return null;
    }
    var value = call.argument.get().value(context);
    return value == Missing.MISSING ? "" : value;
  }
}
