package io.notagenbench.report.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.document.Block;
import io.notagenbench.document.Chart;
import io.notagenbench.document.Document;
import io.notagenbench.document.Facts;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Score;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.document.Tiles;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RenderTest {

    private static final String HOSTILE = "</script><script>alert(1)</script>\"'&|{{title}}\n=cmd";

    private static Document document(Block... blocks) {
        return new Document(HOSTILE, HOSTILE, List.of(Section.of("one", HOSTILE, List.of(blocks))));
    }

    private static Chart chart() {
        return new Chart("chart", HOSTILE, Chart.Kind.BARS, Chart.Axis.of(HOSTILE), Chart.Axis.of(""), List.of(HOSTILE),
                List.of(new Chart.Series(HOSTILE, false, List.of(new Chart.Point(1, 0, HOSTILE)))));
    }

    private static Document everything() {
        return document(new Prose(HOSTILE), new Tiles(HOSTILE, List.of(new Tiles.Tile(HOSTILE, HOSTILE, HOSTILE))),
                new Facts(List.of(new Facts.Fact(HOSTILE, HOSTILE))), chart(), new Score(HOSTILE, HOSTILE),
                new Table.Builder("table", 1, HOSTILE, "n").caption(HOSTILE).add(HOSTILE, 1.5).addStrong(HOSTILE, 2).build());
    }

    @Test
    void whateverStandsInAResultIsTextOnThePage() {
        String page = HtmlPage.of(everything());
        assertThat(page).doesNotContain("<script>alert").contains("&lt;/script&gt;&lt;script&gt;alert(1)")
                .contains("\\u003c/script>\\u003cscript>alert(1)").contains("{{title}}");
        assertThat(Pattern.compile("<script").matcher(page).results().count())
                .as("the data, two libraries and the page's own").isEqualTo(4);
    }

    @Test
    void thePageLoadsNothing() {
        String page = HtmlPage.of(everything());
        assertThat(page).contains("Content-Security-Policy\" content=\"default-src 'none'");
        assertThat(page).doesNotContainPattern("(?i)(src|href|action|data|poster)\\s*=\\s*[\"']?\\s*(https?:|//|file:)")
                .doesNotContainPattern("(?i)url\\(|@import|<link|<iframe|<object|<embed");
        assertThat(page.length()).isLessThan(1_000_000);
    }

    @Test
    void aLibraryThatNothingNeedsIsLeftOut() {
        String page = HtmlPage.of(document(new Prose("words")));
        assertThat(page.length()).isLessThan(30_000);
        assertThat(page).doesNotContain("id=\"echarts\"", "id=\"abcjs\"", "ECharts", "abcjs 6");
    }

    @Test
    void everyNumberStandsInATableWithoutScript() {
        String page = HtmlPage.of(document(new Table.Builder("t", 1, "name", "ms").add("a", 0.012345).build()));
        assertThat(page).contains("<th scope=\"row\">a</th><td class=\"number\">0.0123</td>");
    }

    @Test
    void csvHasAllDigitsAndNoFormulas() {
        Document document = document(new Table.Builder("t", 1, "name", "x").add("=1+1", 0.1234567890123456)
                .add("a,\"b\"", 3).add("-", Double.NaN).add("-p x", TableCell.scientific(1.23456e-7)).build());
        assertThat(Csv.of(document)).containsOnlyKeys("t");
        assertThat(Csv.of(document).get("t").lines()).containsExactly("name,x", "'=1+1,0.1234567890123456",
                "\"a,\"\"b\"\"\",3", "\"\",", "'-p x,1.23456E-7");
    }

    @Test
    void markdownKeepsATableATable() {
        assertThat(Markdown.of(document(new Table.Builder("t", 1, "name", "x").add("a | <b>\nc", 12.5).build())))
                .contains("""
                        | name        |    x |
                        |-------------|-----:|
                        | a \\| \\<b> c | 12.5 |
                        """);
    }

    @Test
    void aTerminalIsSparedWhatIsForLookingUp() {
        Document document = new Document("t", "", List.of(new Section("all", "All cells", true, List.of(new Prose("long")))));
        assertThat(Markdown.brief(document)).doesNotContain("All cells");
        assertThat(Markdown.of(document)).contains("## All cells\n\nlong\n");
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(List.of(TableCell.number(1234.5), TableCell.number(0), TableCell.number(7), TableCell.number(0.0123456), TableCell.number(99.96),
                TableCell.number(-3.14159), TableCell.number(Double.NaN), TableCell.number(1e-9)))
                .containsExactly("1235", "0", "7", "0.0123", "100.0", "-3.14", "-", "0.000000");
    }
}
