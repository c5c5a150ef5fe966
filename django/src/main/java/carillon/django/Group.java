package carillon.django;

import java.util.List;

/** One group made by {@code regroup}. */
record Group(Object grouper, List<Object> list) {

  Object member(Path.Step step) {
    return switch (step.name()) {
      case "grouper", "0" -> grouper;
      case "list", "1" -> list;
      default -> Missing.MISSING;
    };
  }
}
