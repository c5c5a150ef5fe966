package carillon.templates;

import carillon.django.TemplateException;

/** A part of a template cannot be parsed, or asks for more than it may have. */
public final class UnrenderableTemplate extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnrenderableTemplate(String part, TemplateException cause) {
    super("The " + part + " cannot be rendered: " + cause.getMessage() + ".", cause, false, false);
  }
}
