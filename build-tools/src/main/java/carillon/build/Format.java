package carillon.build;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks ({@code check}) or mends ({@code write}) the format of all Java sources below a folder.
 */
final class Format {

  public static void main(String[] args) throws IOException {
    var write = args[0].equals("write");
    var root = Path.of(args[1]);
    var wrong = sources(root).stream().parallel().filter(file -> differs(file, write)).toList();
    wrong.forEach(file ->
        System.out.println((write ? "formatted " : "not formatted: ") + root.relativize(file)));
    if (!write && !wrong.isEmpty()) {
      System.out.println("mend with: mvn -q -pl build-tools process-classes -Dformat.goal=write");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().matches(".*/(target|node_modules)/.*"))
          .toList();
    }
  }

  private static boolean differs(Path file, boolean write) {
    try {
      var source = Files.readString(file);
      var formatted = new Formatter().formatSourceAndFixImports(source);
      if (write && !formatted.equals(source)) {
        Files.writeString(file, formatted);
      }
      return !formatted.equals(source);
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  private Format() {}
}
