package carillon.django;

import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One rendering under way: the values, the names bound by tags, the output so far. Names are
 * interned when parsed, so that bound ones are found by identity.
 */
public final class Context {

  private final Map<String, ?> values;
  private final RenderOptions options;
  private final Meter meter;
  private final Output out;
  private final Object[] memory;
  private String[] names = new String[16];
  private Object[] bound = new Object[16];
  private int bindings;
  private int scope;
  private boolean escaping;
  private Random random;

  Context(Map<String, ?> values, RenderOptions options, int memories, int expectedPieces) {
    this.values = values;
    this.options = options;
    this.meter = new Meter(options.limits());
    this.out = new Output(options.limits().output(), expectedPieces);
    this.memory = new Object[memories];
    this.escaping = options.html();
  }

  /** The value of a variable, empty when it is missing or null. */
  public Optional<Object> lookup(String dottedName) {
    var value = Path.of(dottedName).value(this);
    return value == Missing.MISSING ? Optional.empty() : Optional.ofNullable(value);
  }

  /** Whether values are escaped at this place. */
  public boolean escaping() {
    return escaping;
  }

  public RenderOptions options() {
    return options;
  }

  /** The time of the clock in the zone of the options. */
  public ZonedDateTime now() {
    return options.clock().instant().atZone(options.zone());
  }

  /** What the server gave for its own tags. */
  public <T> Optional<T> service(Class<T> type) {
    return Optional.ofNullable(type.cast(options.services().get(type)));
  }

  /** Charges computing: a unit is some tens of nanoseconds. */
  public void work(int units) {
    meter.work(units);
  }

  Meter meter() {
    return meter;
  }

  Random random() {
    if (random == null) {
      random = new Random(options.seed());
    }
    return random;
  }

  Object find(String name) {
    for (var i = bindings - 1; i >= 0; i--) {
      if (names[i] == name) {
        return bound[i];
      }
    }
    var value = values.get(name);
    return value == null && !values.containsKey(name) ? Missing.MISSING : value;
  }

  /** Opens a scope; gives what {@link #pop} needs to close it. */
  int push() {
    var outer = scope;
    scope = bindings;
    return outer;
  }

  void pop(int outer) {
    Arrays.fill(bound, scope, bindings, null);
    bindings = scope;
    scope = outer;
  }

  /** Binds an interned name in the innermost scope. */
  void bind(String name, Object value) {
    for (var i = bindings - 1; i >= scope; i--) {
      if (names[i] == name) {
        bound[i] = value;
        return;
      }
    }
    if (bindings == names.length) {
      names = Arrays.copyOf(names, bindings * 2);
      bound = Arrays.copyOf(bound, bindings * 2);
    }
    names[bindings] = name;
    bound[bindings++] = value;
  }

  Object recall(int slot) {
    return memory[slot];
  }

  void remember(int slot, Object value) {
    memory[slot] = value;
  }

  boolean escaping(boolean on) {
    var before = escaping;
    escaping = on;
    return before;
  }

  void write(String text) {
    out.write(text);
    meter.work(1);
  }

  /** Puts out a value, escaped where that is asked for. */
  void print(Object value) {
    if (value instanceof SafeText safe) {
      write(safe.text());
    } else if (escaping) {
      writeEscaped(value instanceof String text ? text : Text.shown(value, this));
    } else {
      write(value instanceof String text ? text : Text.shown(value, this));
    }
  }

  private void writeEscaped(String text) {
    var first = Html.firstSpecial(text);
    if (first < 0) {
      write(text);
    } else {
      write(Html.escape(text, first));
    }
  }

  /** Renders a node aside and gives back what it would have put out. */
  String capture(Node node) {
    var mark = out.mark();
    node.render(this);
    var text = out.take(mark);
    meter.text(text.length());
    return text;
  }

  Output out() {
    return out;
  }
}
