package carillon.django;

/** Rendering stopped because the template used up one of its {@link Limits}. */
public final class TemplateLimitExceeded extends TemplateException {

  private static final long serialVersionUID = 1;

  /** The thing there was too much of. */
  public enum Kind {
    TIME("rendering takes too long"),
    OUTPUT("the output is too long"),
    TEXT("the filters make too much text"),
    ITERATIONS("the loops go round too often"),
    DEPTH("the values are nested too deeply");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final Kind kind;

  TemplateLimitExceeded(Kind kind) {
    super(kind.words);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
