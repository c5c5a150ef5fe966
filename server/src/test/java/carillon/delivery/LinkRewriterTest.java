package carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkRewriterTest {

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
        "<area href=\"x\">|<area href=\"[x]\">",
        "<abbr href=\"x\">|<abbr href=\"x\">",
        "<a data-href=\"x\">|<a data-href=\"x\">",
        "<style>a{content:'<a href=\"x\">'}</style><a href=\"x\">|"
            + "<style>a{content:'<a href=\"x\">'}</style><a href=\"[x]\">",
        "<!-- <a href=\"x\"> -->|<!-- <a href=\"x\"> -->",
        "<!--[if mso]><v:rect href=\"x\"><![endif]-->|<!--[if mso]><v:rect"
            + " href=\"[x]\"><![endif]-->",
        "it's 1 < 2 <a href=\"x\">|it's 1 < 2 <a href=\"[x]\">",
        "<a href=\"x|<a href=\"[x]",
        "<a|<a",
        "<|<"
      })
  void onlyTheTargetsOfLinksChange(String html, String wanted) {
    assertThat(LinkRewriter.rewrite(html, (url, _) -> Optional.of("[" + url + "]")))
        .isEqualTo(wanted);
  }

  @Test
  void theTextOfAnImageInALinkIsTold() {
    var told = new ArrayList<String>();
    LinkRewriter.rewrite(
        "<a href=\"x\"><img src=i alt=\"Tea &amp; more\"></a><a href=\"y\">no</a><img alt=z>",
        (_, alt) -> {
          told.add(alt);
          return Optional.empty();
        });
    assertThat(told).containsExactly("Tea & more", "");
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
      assertThat(LinkRewriter.rewrite(html.toString(), (_, _) -> Optional.empty()))
          .as("seed " + seed)
          .isEqualTo(html.toString());
    }
  }
}
