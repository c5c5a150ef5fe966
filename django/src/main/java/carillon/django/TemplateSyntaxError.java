package carillon.django;

/** The source is no template of the language; line and column count from 1. */
public final class TemplateSyntaxError extends TemplateException {

  private static final long serialVersionUID = 1;

  private final String problem;
  private final int line;
  private final int column;

  TemplateSyntaxError(String problem, int line, int column) {
    super("line " + line + ", column " + column + ": " + problem);
    this.problem = problem;
    this.line = line;
    this.column = column;
  }

  /** What is wrong, without the position. */
  public String problem() {
    return problem;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
