package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void aMailIsToldInLines() {
    var html =
        """
        <!doctype html><html><head><title>No</title><style>p{color:red}</style></head><body>
        <div style="display:none">preview</div>
        <h1>Hello   <b>Ada</b></h1>
        <p>First line<br>second &amp; last.<br><br>Gap.</p>
        <ul><li>one</li><li>two <i>items</i></li></ul><ol><li>a</li><li>b</li></ol>
        <table><tr><td>Bell</td><td>3</td></tr><tr><td>Gong</td><td>1</td></tr></table>
        <hr><img src="x.png" alt="Our shop"><script>alert(1)</script><!-- gone -->
        </body></html>
        """;
    assertThat(HtmlText.of(html))
        .isEqualTo(
            """
            Hello Ada

            First line
            second & last.

            Gap.

            - one
            - two items

            1. a
            2. b

            Bell 3
            Gong 1

            ----------------------------------------
            Our shop\
            """);
  }

  @Test
  void linksKeepTheirTarget() {
    assertThat(HtmlText.of("<a href='https://a.example/x?y=1&amp;z=2'>Shop <b>now</b></a>!"))
        .isEqualTo("Shop now (https://a.example/x?y=1&z=2)!");
    assertThat(HtmlText.of("<a href='https://a.example'>https://a.example</a>"))
        .isEqualTo("https://a.example");
    assertThat(HtmlText.of("<a href='mailto:a@b.example'>a@b.example</a>"))
        .isEqualTo("a@b.example");
    assertThat(HtmlText.of("<a href='#top'>up</a> <a>name</a>")).isEqualTo("up name");
    assertThat(HtmlText.of("<a href='javascript:x()'>click</a>")).isEqualTo("click");
    assertThat(HtmlText.of("<p>x</p><a href='https://a.example'><img src=i></a>"))
        .isEqualTo("x\n\nhttps://a.example");
    assertThat(HtmlText.of("<a href='https://a.example'><img src=i alt='Logo'></a>"))
        .isEqualTo("Logo (https://a.example)");
  }

  @Test
  void linesOfPreformattedTextStay() {
    assertThat(HtmlText.of("<pre>one\ntwo</pre>")).isEqualTo("one\ntwo");
  }

  @Test
  void nothingGivesNothing() {
    assertThat(HtmlText.of("")).isEmpty();
    assertThat(HtmlText.of("<p> &nbsp; </p>")).isEmpty();
  }

  @Test
  void deeplyNestedAndBrokenHtmlIsNoTrouble() {
    assertThat(HtmlText.of("<div>".repeat(100_000) + "deep")).isEqualTo("deep");
    assertThat(HtmlText.of("<li>".repeat(50_000) + "item")).endsWith("- item");
    assertThat(HtmlText.of("<p" + " ".repeat(500_000) + "a>x</p>")).isEqualTo("x");
    assertThat(HtmlText.of("<p" + " a= ".repeat(100_000) + ">x</p>")).isEqualTo("x");
    assertThat(HtmlText.of("<a href='x".repeat(50_000) + ">x")).isEqualTo("x");
    assertThat(HtmlText.of("</a></ul></pre><p <b>>x")).contains("x");
    assertThat(HtmlText.of("1 < 2 <3 & more <")).isEqualTo("1 < 2 <3 & more <");
    assertThat(HtmlText.of("a<!-- <p>no</p> -->b<!-- open")).isEqualTo("ab");
    assertThat(HtmlText.of("<!--[if a]><style>-->".repeat(50_000) + "x")).isEqualTo("x");
    assertThat(HtmlText.of("<!--[if a-->".repeat(100_000) + "x")).isEqualTo("x");
  }

  @Test
  void whatIsHiddenIsLeftOutWithAllThatIsInIt() {
    assertThat(HtmlText.of("a<div hidden>b<div>c</div><img alt=d>e</div>f")).isEqualTo("af");
    assertThat(HtmlText.of("a<img style='display : none' alt=x>b")).isEqualTo("ab");
    assertThat(HtmlText.of("a<span style=\"color:red\">b</span>")).isEqualTo("ab");
  }
}
