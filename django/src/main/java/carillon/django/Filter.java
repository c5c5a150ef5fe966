package carillon.django;

/**
 * A filter of a language.
 *
 * @param safe whether markup stays markup: safe text in, safe text out
 */
record Filter(Arity arity, boolean safe, FilterFunction function) {

  Object apply(Object value, Object argument, Context context) {
    var result = function.apply(value, argument, context);
    if (result instanceof String text) {
      context.meter().text(text.length());
      return safe && value instanceof SafeText ? new SafeText(text) : text;
    }
    if (result instanceof SafeText text) {
      context.meter().text(text.text().length());
    } else {
      context.meter().work(1);
    }
    return result;
  }
}
