package io.notagenbench.report.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.notagenbench.document.Block;
import io.notagenbench.document.Chart;
import io.notagenbench.document.Column;
import io.notagenbench.document.Document;
import io.notagenbench.document.Score;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A report as one HTML page that loads nothing: its style, its script and the libraries for charts and scores are in it,
 * and its Content-Security-Policy forbids everything else. Without JavaScript it is whole but for the pictures.
 */
public final class HtmlPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HtmlPage() {
    }

    /** A field of a table as the template wants it. */
    private record Field(String text, boolean numeric, boolean heading) {
    }

    /** A row of a table as the template wants it. */
    private record Line(boolean strong, List<Field> fields) {
    }

    /** The page. */
    public static String of(Document document) {
        Template template = Mustache.compiler().escapeHTML(true).compile(PageResource.text("page.html"));
        List<Chart> charts = document.blocks(Chart.class);
        Map<String, Object> page = new HashMap<>(Map.of(
                "title", document.title(),
                "subtitle", document.subtitle(),
                "sections", document.sections().stream().map(HtmlPage::section).toList(),
                "style", PageResource.text("page.css"),
                "script", PageResource.text("page.js"),
                "charts", json(charts)));
        if (!charts.isEmpty()) {
            page.put("echarts", PageResource.echarts());
        }
        if (!document.blocks(Score.class).isEmpty()) {
            page.put("abcjs", PageResource.abcjs());
        }
        return template.execute(page);
    }

    private static Map<String, Object> section(Section section) {
        return Map.of("id", section.id(), "title", section.title(), "appendix", section.appendix(),
                "blocks", section.blocks().stream().filter(block -> !block.isEmpty()).map(HtmlPage::block).toList());
    }

    /** A block under the name of its kind, by which the template tells one from another. */
    private static Map<String, Object> block(Block block) {
        Object view = block instanceof Table table ? table(table) : block;
        return Map.of(block.getClass().getSimpleName().toLowerCase(Locale.ROOT), view);
    }

    private static Map<String, Object> table(Table table) {
        List<Integer> told = IntStream.range(0, table.columns().size()).filter(column -> isTold(table, column)).boxed().toList();
        List<Line> lines = table.rows().stream().map(row -> new Line(row.strong(),
                told.stream().map(column -> new Field(row.cells().get(column).text(), table.columns().get(column).numeric(),
                        column == 0)).toList())).toList();
        List<Column> columns = told.stream().map(table.columns()::get).toList();
        return Map.of("id", table.id(), "caption", table.caption(), "columns", columns, "lines", lines);
    }

    /** A column of numbers of which none is there only takes room. */
    private static boolean isTold(Table table, int column) {
        return !table.columns().get(column).numeric()
                || table.rows().stream().anyMatch(row -> !row.cells().get(column).equals(TableCell.NONE));
    }

    /** In a script element nothing may look like its end. */
    private static String json(List<Chart> charts) {
        try {
            return JSON.writeValueAsString(charts).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a chart is always JSON", e);
        }
    }
}
