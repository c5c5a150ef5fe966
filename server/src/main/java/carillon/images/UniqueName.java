package carillon.images;

import java.util.function.Predicate;

/** Names of an account's images are unique: the second {@code logo} becomes {@code logo.1}. */
final class UniqueName {

  private UniqueName() {}

  static String of(String wanted, Predicate<String> taken) {
    var name = wanted;
    for (var number = 1; taken.test(name); number++) {
      name = wanted + "." + number;
    }
    return name;
  }
}
