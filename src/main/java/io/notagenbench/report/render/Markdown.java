package io.notagenbench.report.render;

import io.notagenbench.document.Block;
import io.notagenbench.document.Chart;
import io.notagenbench.document.Document;
import io.notagenbench.document.Facts;
import io.notagenbench.document.MarkdownTable;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Score;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.Tiles;
import java.util.List;

/** A report as Markdown that also reads well on a terminal. Charts are left out: their numbers are in tables. */
public final class Markdown {

    private Markdown() {
    }

    /** All of it. */
    public static String of(Document document) {
        return text(document, document.sections());
    }

    /** Without what is there for looking things up. */
    public static String brief(Document document) {
        return text(document, document.sections().stream().filter(section -> !section.appendix()).toList());
    }

    private static String text(Document document, List<Section> sections) {
        StringBuilder text = new StringBuilder("# ").append(MarkdownTable.escaped(document.title())).append("\n\n");
        if (!document.subtitle().isEmpty()) {
            text.append(MarkdownTable.escaped(document.subtitle())).append("\n\n");
        }
        for (Section section : sections) {
            text.append("## ").append(MarkdownTable.escaped(section.title())).append("\n\n");
            section.blocks().stream().filter(block -> !block.isEmpty()).forEach(block -> append(text, block));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Block block) {
        if (block instanceof Prose prose) {
            text.append(MarkdownTable.escaped(prose.text())).append("\n\n");
        } else if (block instanceof Table table) {
            caption(text, table.caption());
            text.append(MarkdownTable.of(table)).append('\n');
        } else if (block instanceof Tiles tiles) {
            caption(text, tiles.title());
            tiles.tiles().forEach(tile -> text.append("- ").append(MarkdownTable.escaped(tile.label())).append(": **")
                    .append(MarkdownTable.escaped(tile.value())).append("**").append(tile.detail().isEmpty() ? "" : ", ")
                    .append(MarkdownTable.escaped(tile.detail())).append('\n'));
            text.append('\n');
        } else if (block instanceof Facts facts) {
            facts.facts().forEach(fact -> text.append("- ").append(MarkdownTable.escaped(fact.name())).append(": ")
                    .append(MarkdownTable.escaped(fact.value())).append('\n'));
            text.append('\n');
        } else if (block instanceof Score score) {
            caption(text, score.caption());
            // indented: no line of the text can end a code block that is made so
            score.abc().lines().forEach(line -> text.append("    ").append(line).append('\n'));
            text.append('\n');
        } else if (!(block instanceof Chart)) {
            throw new IllegalArgumentException("no Markdown for " + block);
        }
    }

    private static void caption(StringBuilder text, String caption) {
        if (!caption.isEmpty()) {
            text.append("**").append(MarkdownTable.escaped(caption)).append("**\n\n");
        }
    }
}
