package io.notagenbench.report;

import io.notagenbench.document.Document;
import io.notagenbench.fault.Fault;
import io.notagenbench.report.render.Csv;
import io.notagenbench.report.render.HtmlPage;
import io.notagenbench.report.render.Markdown;
import io.notagenbench.results.ReplacedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The report in a folder: {@code report.html}, {@code summary.md}, and each table as {@code tables/NAME.csv}. */
public final class ReportFiles {

    /** What a person looks at. */
    public static final String PAGE = "report.html";

    private ReportFiles() {
    }

    /** Where the tables go. */
    public static Path tables(Path folder) {
        return folder.resolve("tables");
    }

    /** Writes them all, also over those of another user; tables of an older report do not stay. */
    public static void write(Document document, Path folder) {
        Path tables = tables(folder);
        try {
            Files.createDirectories(tables);
            ReplacedFile.write(folder.resolve(PAGE), HtmlPage.of(document).getBytes(StandardCharsets.UTF_8));
            ReplacedFile.write(folder.resolve("summary.md"), Markdown.of(document).getBytes(StandardCharsets.UTF_8));
            try (Stream<Path> old = Files.list(tables)) {
                for (Path file : old.filter(path -> path.toString().endsWith(".csv")).toList()) {
                    Files.delete(file);
                }
            }
            for (Map.Entry<String, String> table : Csv.of(document).entrySet()) {
                Files.writeString(tables.resolve(table.getKey() + ".csv"), table.getValue());
            }
        } catch (IOException e) {
            throw Fault.failed("The report cannot be written into " + folder + ": " + Fault.reason(e) + ".", e);
        }
    }
}
