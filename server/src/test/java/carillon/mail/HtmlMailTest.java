package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlMailTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<a href=\"x\">y</a>|<a href=\"[x]\">y</a>",
        "<A class=b HREF = 'x' id=c>y</A>|<A class=b HREF = '[x]' id=c>y</A>",
        "<a href=x>y</a>|<a href=\"[x]\">y</a>",
        "<a title=\"1 > 0\" href=\"x\">|<a title=\"1 > 0\" href=\"[x]\">",
        "<a href=\" a&amp;b \">|<a href=\"[a&amp;b]\">",
        "<a href=\"?a&copy=b\">|<a href=\"[?a&amp;copy=b]\">",
        "<a href=\"x\" href=\"y\">|<a href=\"[x]\" href=\"y\">",
        "<area href=\"x\">|<area href=\"[x]\">",
        "<abbr href=\"x\">|<abbr href=\"x\">",
        "<a-b href=\"x\">|<a-b href=\"x\">",
        "<a data-href=\"x\">|<a data-href=\"x\">",
        "<style>a{content:'<a href=\"x\">'}</style><a href=\"x\">|"
            + "<style>a{content:'<a href=\"x\">'}</style><a href=\"[x]\">",
        "<textarea><a href=\"x\"></textarea>|<textarea><a href=\"x\"></textarea>",
        "<!-- <a href=\"x\"> -->|<!-- <a href=\"x\"> -->",
        "<!--[if mso]><v:rect href=\"x\"><![endif]--><a href=y>|<!--[if mso]><v:rect"
            + " href=\"[x]\"><![endif]--><a href=\"[y]\">",
        "<!--[if !mso]><!--><a href=\"x\"><!--<![endif]-->|<!--[if !mso]><!--><a"
            + " href=\"[x]\"><!--<![endif]-->",
        "<!--[if a]><a href=\"x\"><!-- <a href=\"y\"> --><a href=\"z\">|<!--[if a]><a"
            + " href=\"[x]\"><!-- <a href=\"[y]\"> --><a href=\"[z]\">",
        "<!--[if a]><a href=\"x --><a href=\"y\">|<!--[if a]><a href=\"x --><a href=\"[y]\">",
        "it's 1 < 2 <a href=\"x\">|it's 1 < 2 <a href=\"[x]\">",
        "<a href=\"x|<a href=\"[x]",
        "<a|<a",
        "<|<"
      })
  void onlyTheTargetsOfLinksChange(String html, String wanted) {
    assertThat(linked(HtmlMail.of(html))).isEqualTo(wanted);
  }

  private static String linked(HtmlMail mail) {
    return mail.edited("", link -> Optional.of("[" + link.url() + "]"), "");
  }

  @Test
  void theTextOfAnImageInALinkIsTold() {
    var told = new ArrayList<String>();
    HtmlMail.of(
            "<a href=\"x\"><img src=i alt=\"Tea &amp; more\"></a><a href=\"y\">no</a><img alt=z>")
        .edited(
            "",
            link -> {
              told.add(link.alt());
              return Optional.empty();
            },
            "");
    assertThat(told).containsExactly("Tea & more", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><head></head><body>|<p>x</p>^</body></html>",
        "<!DOCTYPE html><HTML><BODY class=\"a>b\" style='x>y'>|<p>^</BODY >",
        "<head><!-- <body> --><style>/* <body> */</style><title><body></title></head><body\n>|x^",
        "<!--[if mso]><body class=mso></body><![endif]--><body>|x</body>^</body>",
        "<head><script>if (1 < 2) '<body>';</SCRIPT></head><body>|x^",
        "<html><head></head>|<p>no body tag</p>^",
        "<!doctype html>|<p>x^",
        "|<p>fragment 1 < 2</p>^",
        "|^"
      })
  void whatIsPutInStandsFirstAndLastInTheBody(String marked) {
    var html = marked.replace("|", "").replace("^", "");
    assertThat(HtmlMail.of(html).edited("{", _ -> Optional.empty(), "}"))
        .isEqualTo(marked.replace('|', '{').replace('^', '}'));
  }

  @Test
  void thePreviewIsEscapedAndNoPartOfThePlainText() {
    var preview = Preheader.of("Up to 50% <off> & more");
    assertThat(preview)
        .startsWith("<div style=\"display:none")
        .contains(">Up to 50% &lt;off&gt; &amp; more&#847;")
        .endsWith("</div>");
    assertThat(Preheader.of(" ")).isEmpty();
    assertThat(HtmlText.of("<body>" + preview + "<p>x</p>")).isEqualTo("x");
  }

  @Test
  void noMarkupBreaksItAndWhatIsLeftAloneStaysAsItWas() {
    var pieces =
        List.of("<a", " href", "=", "\"", "'", ">", "<", "/", "<!--", "-->", "<style", "x", " ");
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      var html = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        html.append(pieces.get(random.nextInt(pieces.size())));
      }
      assertThat(HtmlMail.of(html.toString()).edited("", _ -> Optional.empty(), ""))
          .as("seed " + seed)
          .isEqualTo(html.toString());
    }
  }

  /** However markup is cut into pieces, and whatever personal values stand between them. */
  @Test
  void whatWasRememberedOfAPieceMakesNoDifference() {
    var cuts =
        List.of(
            "<a href=\"",
            "\">",
            "it</a>",
            "<a href=",
            " title='",
            "'",
            ">",
            "<",
            "&am",
            "p;",
            "<!--[if mso]>",
            "<![endif]-->",
            "<!-",
            "-->",
            "<style>",
            "</sty",
            "le>",
            "<ul><li>",
            "<div hidden>",
            "</div>",
            "<img alt=\"",
            "<pre>\n",
            "  ",
            "</body>",
            "<body>",
            "b",
            "");
    var long1 = "<p style=\"color:red\">a &amp; b</p>\n<a href=\"https://a.example/?x=1\">c</a>\n";
    var constants = new ArrayList<String>();
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      constants.add(some(cuts, random) + long1.repeat(4) + some(cuts, random));
    }
    var reader = new HtmlReader();
    for (int round = 0; round < 5_000; round++) {
      var pieces = new ArrayList<String>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        pieces.add(constants.get(random.nextInt(constants.size())));
        pieces.add(cuts.get(random.nextInt(cuts.size())));
      }
      var whole = HtmlMail.of(String.join("", pieces));
      var read = reader.read(pieces);
      assertThat(read.text()).as("seed " + seed).isEqualTo(whole.text());
      assertThat(linked(read)).as("seed " + seed).isEqualTo(linked(whole));
      assertThat(read.edited("{", _ -> Optional.empty(), "}"))
          .as("seed " + seed)
          .isEqualTo(whole.edited("{", _ -> Optional.empty(), "}"));
    }
  }

  private static String some(List<String> cuts, Random random) {
    return cuts.get(random.nextInt(cuts.size())) + cuts.get(random.nextInt(cuts.size()));
  }
}
