package io.notagenbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Outcome;
import io.notagenbench.params.Parameter;
import io.notagenbench.sweep.Cell;
import io.notagenbench.sweep.CellRow;
import io.notagenbench.sweep.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The Markdown summary of a run. */
public final class Summary {

    private static final String NONE = "-";
    /** Parameters that stand in a table even at their defaults. */
    private static final Set<Parameter> COMPARED =
            Set.of(Parameter.BACKEND, Parameter.DECODING, Parameter.CONTEXT);
    private static final double GIB = 1 << 30;

    private final RunFolder folder;
    private final List<CellRow> rows;
    private final Measurements measurements;

    private Summary(RunFolder folder) {
        this.folder = folder;
        rows = folder.rows();
        measurements = Measurements.of(folder);
    }

    /**
     * Summarises a run.
     *
     * @throws io.notagenbench.fault.Fault if the folder holds no readable run
     */
    public static String of(RunFolder folder) {
        return new Summary(folder).text();
    }

    /** Writes {@code summary.md} into the folder and returns it. */
    public static String write(RunFolder folder) {
        String text = of(folder);
        Path file = folder.path().resolve("summary.md");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be written: " + e.getMessage() + ".", e);
        }
        return text;
    }

    private String text() {
        StringBuilder text = new StringBuilder("# notagen-bench: " + folder.path().toAbsolutePath().normalize()
                .getFileName() + "\n\n");
        section(text, "A whole piece", pieces(), "Times are means; ± is half of JMH's 99.9% confidence interval, n the"
                + " pieces measured. Patch and char level are milliseconds a patch, from the stages measured alone times"
                + " their counts; the closure is their sum as a percentage of the measured piece.");
        section(text, "What is in a piece", contents(), "Music is its seconds of playing time; the first patch and the"
                + " first bar of music count from the prompt. Run again are the patches of the context whose keys and values"
                + " stream cuts made void, in cut ms. All are means over the pieces measured.");
        section(text, "The stages of inference", stages(), "Milliseconds: a prefill is the patch level over a whole new"
                + " context, a step is one patch more, decoding is the char level for one patch with sampling.");
        RooflineTables roofline = RooflineTables.of(measurements, folder);
        section(text, "Roofline: what this machine gives", roofline.limits(), RooflineTables.LIMITS_NOTE);
        section(text, "Roofline: what a patch makes of it", roofline.rows(), RooflineTables.ROWS_NOTE);
        section(text, "Sampling and text", others(), "Sampling is for one character; encoding is for one stream cut,"
                + " decoding and rests for a whole piece.");
        section(text, "Model load", loads(), "A cold start: natives, weights and session.");
        MarkdownTable memory = memory();
        section(text, "Main memory", memory, "MiB: the weights in the form that the kernels read, the process with the"
                + " model just loaded, its peak while it was loaded and in the iterations measured; the last column is"
                + " loaded over weights. Runtime and engine without a model are in all but the first.");
        if (memory.isEmpty() && !measurements.all().isEmpty()) {
            text.append("Main memory was not measured: no cell with a model has results of -prof rss.\n\n");
        }
        section(text, "Cells that are not OK", failures(), "");
        text.append("## Outcomes\n\n").append(outcomes()).append("\n\n");
        folder.environment().ifPresent(environment -> text.append(environment(environment)));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, MarkdownTable table, String note) {
        if (!table.isEmpty()) {
            text.append("## ").append(title).append("\n\n").append(table).append('\n');
            if (!note.isEmpty()) {
                text.append(note).append("\n\n");
            }
        }
    }

    /** One row for each piece of the plan, also where it has no time. */
    private MarkdownTable pieces() {
        MarkdownTable table = new MarkdownTable(3, "backend", "decoding", "settings", "s/piece", "± s", "n",
                "patch level ms", "char level ms", "speed-up", "closure %");
        for (CellRow row : rowsOf(Measurements.PIECE)) {
            List<String> cells = new ArrayList<>(List.of(row.params().get("backend"), row.params().get("decoding"),
                    settings(row, "backend", "decoding")));
            if (row.outcome() == Outcome.OK) {
                cells.addAll(piece(Measurement.of(folder.result(row))));
            } else {
                cells.addAll(Collections.nCopies(7, NONE));
            }
            table.add(cells);
        }
        return table;
    }

    private List<String> piece(Measurement piece) {
        double milliseconds = piece.milliseconds();
        double calls = PieceWork.of(piece).calls();
        Optional<Closure> closure = measurements.closure(piece);
        return List.of(number(milliseconds / 1e3), number(piece.errorMilliseconds() / 1e3),
                String.valueOf(piece.samples()),
                closure.map(sum -> number(sum.patchLevel() / calls)).orElse(NONE),
                closure.map(sum -> number(sum.charLevel() / calls)).orElse(NONE),
                measurements.baseline(piece).map(base -> number(base.milliseconds() / milliseconds)).orElse(NONE),
                closure.map(sum -> number(sum.percent(milliseconds))).orElse(NONE));
    }

    private MarkdownTable contents() {
        MarkdownTable table = new MarkdownTable(3, "backend", "decoding", "settings", "patches", "chars", "bars",
                "cuts", "run again", "cut ms", "music s", "patches/s", "first patch s", "first bar s");
        for (Measurement piece : measurements.of(Measurements.PIECE)) {
            CellRow row = rowsOf(Measurements.PIECE).stream().filter(other -> other.params().equals(piece.params()))
                    .findFirst().orElseThrow();
            table.add(List.of(piece.param("backend"), piece.param("decoding"), settings(row, "backend", "decoding"),
                    counter(piece, "patches", 1), counter(piece, "chars", 1), counter(piece, "bars", 1),
                    counter(piece, "cuts", 1), ofCuts(piece, "cutPatches", 1),
                    ofCuts(piece, "cutMicros", 1e3), counter(piece, "musicMillis", 1e3),
                    number(piece.mean("patches").orElseThrow() / piece.milliseconds() * 1e3),
                    counter(piece, "firstPatchMicros", 1e6), firstBar(piece)));
        }
        return table;
    }

    private static String counter(Measurement piece, String name, double scale) {
        return number(piece.mean(name).orElseThrow() / scale);
    }

    /** A piece that never came to its music has no first bar. */
    private static String firstBar(Measurement piece) {
        return piece.mean("firstBarMicros").orElseThrow() == 0 ? NONE : counter(piece, "firstBarMicros", 1e6);
    }

    /** To recomputation a cut is nothing special: it runs every context from its start. */
    private static String ofCuts(Measurement piece, String counter, double scale) {
        return piece.param("decoding").equals("recompute") ? NONE : optional(piece.mean(counter), scale);
    }

    private MarkdownTable stages() {
        MarkdownTable table = new MarkdownTable(4, "stage", "backend", "decoding", "settings", "context", "ms", "± ms",
                "n");
        for (String benchmark : List.of(Measurements.PATCH_STEP, Measurements.PREFILL, Measurements.PATCH_DECODING,
                Measurements.CHAR_STEP)) {
            for (CellRow row : rowsOf(benchmark)) {
                List<String> cells = new ArrayList<>(List.of(stage(benchmark), row.params().get("backend"),
                        row.params().getOrDefault("decoding", NONE),
                        settings(row, "backend", "decoding", "context"),
                        row.params().getOrDefault("context", NONE)));
                cells.addAll(time(row, 1));
                table.add(cells);
            }
        }
        return table;
    }

    /** What a stage is called in the tables. */
    static String stage(String benchmark) {
        return switch (benchmark) {
            case Measurements.PATCH_STEP -> "patch level, step";
            case Measurements.PREFILL -> "patch level, prefill";
            case Measurements.PATCH_DECODING -> "char level, patch";
            default -> "char level, char";
        };
    }

    private MarkdownTable others() {
        MarkdownTable table = new MarkdownTable(2, "what", "settings", "µs", "± µs", "n");
        rows.stream().filter(row -> row.cell().shortName().startsWith("SamplingBenchmark")
                || row.cell().shortName().startsWith("TextBenchmark")).forEach(row -> {
                    List<String> cells = new ArrayList<>(List.of(
                            row.cell().shortName().replace("Benchmark.", " "), settings(row)));
                    cells.addAll(time(row, 1e3));
                    table.add(cells);
                });
        return table;
    }

    private MarkdownTable loads() {
        MarkdownTable table = new MarkdownTable(2, "backend", "settings", "ms", "± ms", "n");
        for (CellRow row : rowsOf("ModelLoadBenchmark.load")) {
            List<String> cells = new ArrayList<>(List.of(row.params().get("backend"),
                    settings(row, "backend")));
            cells.addAll(time(row, 1));
            table.add(cells);
        }
        return table;
    }

    private MarkdownTable memory() {
        MarkdownTable table = new MarkdownTable(4, "benchmark", "backend", "decoding", "settings", "weights", "loaded",
                "peak loading", "peak", "ratio");
        for (CellRow row : rows) {
            if (row.outcome() != Outcome.OK) {
                continue;
            }
            Measurement cell = Measurement.of(folder.result(row));
            OptionalDouble weights = cell.largest("rss.weights");
            OptionalDouble loaded = cell.largest("rss.loaded");
            if (weights.isPresent() && loaded.isPresent()) {
                table.add(List.of(row.cell().shortName(), cell.param("backend"), cell.param("decoding"),
                        settings(row, "backend", "decoding"), number(weights.getAsDouble()), number(loaded.getAsDouble()),
                        optional(cell.largest("rss.loading.peak"), 1), optional(cell.largest("rss.peak"), 1),
                        number(loaded.getAsDouble() / weights.getAsDouble())));
            }
        }
        return table;
    }

    private static String optional(OptionalDouble value, double scale) {
        return value.isPresent() ? number(value.getAsDouble() / scale) : NONE;
    }

    private MarkdownTable failures() {
        MarkdownTable table = new MarkdownTable(4, "outcome", "benchmark", "parameters", "reason");
        rows.stream().filter(row -> row.outcome() != Outcome.OK).forEach(row -> table.add(List.of(row.outcome().name(),
                row.cell().shortName(), settings(row), row.reason())));
        return table;
    }

    private String outcomes() {
        Map<Outcome, Long> counts = rows.stream().collect(Collectors.groupingBy(CellRow::outcome, Collectors.counting()));
        return counts.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", ")) + " of "
                + rows.size() + (rows.size() == 1 ? " cell, " : " cells, ")
                + number(rows.stream().mapToDouble(CellRow::seconds).sum()) + " s.";
    }

    private List<CellRow> rowsOf(String benchmark) {
        return rows.stream().filter(row -> row.cell().shortName().equals(benchmark)).toList();
    }

    private List<String> time(CellRow row, double scale) {
        if (row.outcome() != Outcome.OK) {
            return List.of(NONE, NONE, NONE);
        }
        Measurement measurement = Measurement.of(folder.result(row));
        return List.of(number(measurement.milliseconds() * scale), number(measurement.errorMilliseconds() * scale),
                String.valueOf(measurement.samples()));
    }

    /** Parameters that are not at their defaults, without those that have a column. */
    static String settings(CellRow row, String... columns) {
        String settings = row.cell().settings(Set.of(columns));
        return settings.isEmpty() ? "defaults" : settings;
    }

    /** Three significant digits, more where they stand before the point. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double magnitude = Math.abs(value);
        int decimals = magnitude >= 100 || value == Math.rint(value) && magnitude >= 1 || magnitude == 0 ? 0
                : Math.max(0, 2 - (int) Math.floor(Math.log10(magnitude)));
        return String.format(Locale.ROOT, "%." + Math.min(6, decimals) + "f", value);
    }

    private String environment(JsonNode environment) {
        JsonNode host = environment.path("host");
        StringBuilder text = new StringBuilder("## Environment\n\n");
        item(text, "Started", environment.path("started").asText());
        item(text, "Suite", environment.path("suite").asText() + (environment.has("commit")
                ? ", commit " + environment.get("commit").asText() : ", commit not known"));
        item(text, "CPU", host.path("cpu").asText() + ", " + host.path("physicalCores").asText() + " physical cores, "
                + host.path("logicalCores").asText() + " logical; " + list(host.path("instructionSets")));
        item(text, "Memory", String.format(Locale.ROOT, "%.1f GiB, %.1f GiB available at the start",
                host.path("memoryBytes").asDouble() / GIB, host.path("availableBytes").asDouble() / GIB));
        item(text, "GPUs", host.path("gpus").isEmpty() ? "none" : list(host.path("gpus")));
        item(text, "Operating system", host.path("os").asText());
        item(text, "Java", host.path("java").asText());
        item(text, "JMH", environment.path("jmh").asText());
        item(text, "Engines", list(environment.path("engines")));
        environment.path("models").properties().forEach(model ->
                item(text, "Model " + model.getKey(), "SHA-256 " + model.getValue().asText()));
        item(text, "Plan", environment.path("plan").asText());
        environment.path("parameters").properties().forEach(parameter ->
                item(text, "-p " + parameter.getKey(), list(parameter.getValue())));
        item(text, "Load average before", number(environment.path("loadAverage").asDouble()));
        rows.stream().collect(Collectors.groupingBy(CellRow::jmh, LinkedHashMap::new,
                Collectors.mapping(row -> row.cell().shortName(), Collectors.toCollection(LinkedHashSet::new))))
                .forEach((options, benchmarks) -> item(text, "JMH options", options(options) + " for "
                        + String.join(", ", benchmarks)));
        item(text, "Parameters that no table names", Arrays.stream(Parameter.values())
                .filter(parameter -> !COMPARED.contains(parameter))
                .map(parameter -> parameter.label() + "=" + parameter.defaultValue())
                .collect(Collectors.joining(" ")));
        return text.toString();
    }

    private static String options(Map<String, String> options) {
        return options.isEmpty() ? "as annotated" : options.entrySet().stream()
                .map(option -> "-" + option.getKey() + " " + option.getValue()).collect(Collectors.joining(" "));
    }

    private static void item(StringBuilder text, String name, String value) {
        text.append("- ").append(name).append(": ").append(value).append('\n');
    }

    private static String list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "));
    }
}
