package carillon.django;

/** Whether a filter takes an argument. */
enum Arity {
  NONE,
  OPTIONAL,
  REQUIRED;

  /** What is wrong with a call, empty when nothing is. */
  String problem(boolean given) {
    return switch (this) {
      case NONE -> given ? "takes no argument" : "";
      case OPTIONAL -> "";
      case REQUIRED -> given ? "" : "needs an argument";
    };
  }
}
