package carillon.django;

/** A dotted name: {@code order.items.0.title}. */
record Path(String root, Step[] steps) implements Operand {

  /** One name after a dot; its index is -1 unless it is a number. */
  record Step(String name, int index) {

    static Step of(String name) {
      var number = !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Step::isDigit);
      return new Step(name, number ? Integer.parseInt(name) : -1);
    }

    private static boolean isDigit(int c) {
      return c >= '0' && c <= '9';
    }
  }

  static Path of(String dotted) {
    var names = dotted.split("\\.", -1);
    var steps = new Step[names.length - 1];
    for (var i = 1; i < names.length; i++) {
      steps[i - 1] = Step.of(names[i]);
    }
    return new Path(names[0].intern(), steps);
  }

  @Override
  public Object value(Context context) {
    return within(context.find(root), context.meter());
  }

  /** What the steps after the first name lead to. */
  Object within(Object start, Meter meter) {
    var value = start;
    for (var step : steps) {
      value = Values.member(value, step, meter);
    }
    return Values.admit(value);
  }
}
