package carillon.platform;

import static carillon.platform.SettingNames.FILE_SUFFIX;
import static carillon.platform.SettingNames.PREFIX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Where the text of a setting comes from; a blank text counts as absent. */
final class SettingSources {
  private static final String FILE = "carillon.properties";

  private final Path workingDirectory;
  private final List<Map<String, String>> sources;
  private final List<String> faults = new ArrayList<>();

  SettingSources(Map<String, String> environment, Path workingDirectory) {
    this.workingDirectory = workingDirectory;
    var named = new TreeMap<>(environment);
    named.keySet().removeIf(name -> !name.startsWith(PREFIX));
    this.sources = List.of(named, properties(workingDirectory.resolve(FILE)));
    sources.forEach(source ->
        source.keySet().stream()
            .flatMap(name -> SettingNames.fault(name).stream())
            .forEach(faults::add));
  }

  Optional<String> value(String name) {
    return sources.stream().flatMap(source -> value(source, name).stream()).findFirst();
  }

  void fault(String fault) {
    faults.add(fault);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  private Optional<String> value(Map<String, String> source, String name) {
    var plain = text(source, name);
    var file = text(source, name + FILE_SUFFIX);
    if (plain.isPresent() && file.isPresent()) {
      fault(name + " and " + name + FILE_SUFFIX + " exclude each other");
    }
    return plain.or(() -> file.flatMap(path -> content(name, path)));
  }

  private static Optional<String> text(Map<String, String> source, String name) {
    return Optional.ofNullable(source.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  private Optional<String> content(String name, String path) {
    try {
      var content = Files.readString(workingDirectory.resolve(path)).strip();
      if (content.isEmpty()) {
        fault(name + FILE_SUFFIX + ": the file is empty");
      }
      return Optional.of(content).filter(text -> !text.isEmpty());
    } catch (IOException | IllegalArgumentException _) {
      fault(name + FILE_SUFFIX + ": cannot read " + path);
      return Optional.empty();
    }
  }

  private Map<String, String> properties(Path file) {
    var texts = new TreeMap<String, String>();
    if (Files.exists(file)) {
      var properties = new Properties();
      try (var reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        fault(FILE + ": " + e.getMessage());
      }
      properties.stringPropertyNames().forEach(n -> texts.put(n, properties.getProperty(n)));
    }
    return texts;
  }
}
