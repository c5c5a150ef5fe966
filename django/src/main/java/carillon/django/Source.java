package carillon.django;

/** The text of a template, able to say where in it something is wrong. */
record Source(String text) {

  TemplateSyntaxError error(int offset, String problem) {
    var line = 1;
    var lineStart = 0;
    for (var at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
      line++;
      lineStart = at + 1;
    }
    return new TemplateSyntaxError(problem, line, offset - lineStart + 1);
  }
}
