package carillon.django;

/** A fault of a template: it cannot be parsed, or it asks for more than it may have. */
public abstract sealed class TemplateException extends RuntimeException
    permits TemplateSyntaxError, TemplateLimitExceeded {

  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message, null, false, false);
  }
}
