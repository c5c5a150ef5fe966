package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreheaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><head></head><body>|<p>x</p></body></html>",
        "<!DOCTYPE html><HTML><BODY class=\"a>b\" style='x>y'>|<p>",
        "<head><!-- <body> --><style>/* <body> */</style><title><body></title></head><body\n>|x",
        "<!--[if mso]><body class=mso><![endif]--><body>|x",
        "<head><script>if (1 < 2) '<body>';</SCRIPT></head><body>|x",
        "<html><head></head>|<p>no body tag</p>",
        "<!doctype html>|<p>x",
        "|<p>fragment 1 < 2</p>",
        "|"
      })
  void thePreviewIsTheFirstThingInTheBody(String marked) {
    int at = marked.indexOf('|');
    var html = marked.replace("|", "");
    var result = Preheader.insert(html, "Up to 50% <off> & more");
    assertThat(result).startsWith(html.substring(0, at) + "<div style=\"display:none");
    assertThat(result).endsWith("</div>" + html.substring(at));
    assertThat(result).contains(">Up to 50% &lt;off&gt; &amp; more&#847;");
  }

  @Test
  void withoutAPreviewTheDocumentStaysAsItIs() {
    assertThat(Preheader.insert("<body>x", " ")).isEqualTo("<body>x");
  }

  @Test
  void thePreviewIsNotPartOfThePlainText() {
    assertThat(HtmlText.of(Preheader.insert("<body><p>x</p>", "preview"))).isEqualTo("x");
  }
}
