package io.notagenbench.report;

import io.notagenbench.document.Document;
import io.notagenbench.report.render.Markdown;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A results folder as sweep writes it, cell by cell. */
final class ResultsFolder {

    final Path path;
    private int cells;

    ResultsFolder(Path path) {
        this.path = path;
        write("journal.jsonl", "");
    }

    /** A cell that has no result. */
    ResultsFolder cell(String benchmark, String params, String outcome, String reason) {
        cells++;
        Path journal = path.resolve("journal.jsonl");
        return write("journal.jsonl", read(journal) + """
                {"number":%d,"benchmark":"x.%s","params":{%s},"jmh":{"f":"1"},"outcome":"%s","reason":"%s","seconds":2.0}
                """.formatted(cells, benchmark, params, outcome, reason));
    }

    /** A cell that is OK, with the inside of JMH's primary and secondary metrics. */
    ResultsFolder result(String benchmark, String params, String metric, String... counters) {
        cell(benchmark, params, "OK", "");
        return write("cells/%03d.json".formatted(cells), """
                [{"benchmark":"x.%s","params":{%s},"primaryMetric":{%s},"secondaryMetrics":{%s}}]
                """.formatted(benchmark, params, metric, String.join(",", counters)));
    }

    ResultsFolder write(String name, String text) {
        try {
            Files.createDirectories(path.resolve(name).getParent());
            Files.writeString(path.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String counter(String name, String raw) {
        return "\"" + name + "\":{\"score\":0,\"scoreUnit\":\"#\",\"rawData\":[[" + raw + "]]}";
    }

    /** What FullPieceBenchmark counts for a piece, for each sample. */
    static String[] pieceCounters(int samples) {
        String[] all = {"patches 10", "chars 100", "bars 7", "cuts 0", "musicMillis 12000", "firstPatchMicros 3000",
            "firstBarMicros 0", "calls 10", "contextPatches 200", "prefills 1", "prefillPatches 3"};
        for (int i = 0; i < all.length; i++) {
            String[] counter = all[i].split(" ");
            all[i] = counter(counter[0], String.join(",", Collections.nCopies(samples, counter[1])));
        }
        return all;
    }

    static String time(double milliseconds, String error, String raw) {
        return "\"score\":" + milliseconds + ",\"scoreError\":" + error
                + ",\"scoreUnit\":\"ms/op\",\"rawData\":[[" + raw + "]]";
    }

    RunFolder folder() {
        return new RunFolder(path);
    }

    Document report() {
        return Report.of(List.of(folder()));
    }

    /** The report as Markdown, without the blanks that align its tables. */
    String markdown() {
        return Markdown.of(report()).replaceAll(" +", " ");
    }
}
