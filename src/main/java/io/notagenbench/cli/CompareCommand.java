package io.notagenbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.compare.Comparison;
import io.notagenbench.compare.ComparisonJson;
import io.notagenbench.compare.ComparisonText;
import io.notagenbench.compare.Correction;
import io.notagenbench.compare.GithubActionBenchmark;
import io.notagenbench.compare.JmhVisualizer;
import io.notagenbench.compare.Rules;
import io.notagenbench.compare.RunGroup;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Decides for each cell of two runs whether the second is slower. */
@Command(name = "compare", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Compares run B with run A, cell by cell: SLOWER, FASTER, SAME or UNCLEAR.",
            "A and B are folders that sweep or merge wrote, or several each: A,A2,A3 B,B2,B3;",
            "or files of JMH's own results (-rf json -rff A.json), of which neither machine nor commit is known."})
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A", split = ",", arity = "1",
            description = "The baseline: one run, or several.")
    private List<Path> a;

    @Parameters(index = "1", paramLabel = "B", split = ",", arity = "1",
            description = "The run, or several, to compare with the baseline.")
    private List<Path> b;

    @Option(names = "--margin", paramLabel = "P%", defaultValue = "5%", converter = PercentConverter.class,
            description = "The largest difference that counts as SAME; default ${DEFAULT-VALUE}.")
    private double margin;

    @Option(names = "--confidence", paramLabel = "P%", defaultValue = "95%", converter = PercentConverter.class,
            description = "Confidence of intervals and verdicts; default ${DEFAULT-VALUE}.")
    private double confidence;

    @Option(names = "--correction", defaultValue = "HOLM",
            description = "For many cells: HOLM (no false verdict) or BH (few false ones among those given); default"
                    + " ${DEFAULT-VALUE}.")
    private Correction correction;

    @Option(names = "--anyway", description = "Also compares runs that were measured under different conditions.")
    private boolean anyway;

    @Option(names = "--fail-on", paramLabel = "slower:P%", converter = FailOn.class,
            description = "Ends with exit code 1 if a cell is SLOWER by more than P %%, or is OK in A and failed in B.")
    private Double failOn;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the comparison as JSON.")
    private Path json;

    @Option(names = "--github-action-benchmark", paramLabel = "FILE",
            description = "Writes B for github-action-benchmark, as customSmallerIsBetter.")
    private Path github;

    @Option(names = "--jmh-visualizer", paramLabel = "FOLDER",
            description = "Writes A.json and B.json for jmh-visualizer into an existing folder.")
    private Path visualizer;

    @Spec
    private CommandSpec spec;

    /** The share of {@code slower:5%}. */
    private static final class FailOn implements ITypeConverter<Double> {

        private static final String SLOWER = "slower:";

        @Override
        public Double convert(String value) {
            if (!value.startsWith(SLOWER)) {
                throw new TypeConversionException("'" + value + "' is not a condition: write it as slower:5%");
            }
            return new PercentConverter().convert(value.substring(SLOWER.length()));
        }
    }

    @Override
    public Integer call() {
        check();
        Comparison comparison = Comparison.of(RunGroup.of(a), RunGroup.of(b), new Rules(margin, 1 - confidence, correction, anyway));
        spec.commandLine().getOut().print(ComparisonText.of(comparison));
        spec.commandLine().getOut().flush();
        if (json != null) {
            write(json, ComparisonJson.of(comparison));
        }
        if (github != null) {
            write(github, GithubActionBenchmark.of(comparison));
        }
        if (visualizer != null) {
            JmhVisualizer.of(comparison).forEach((name, results) -> write(visualizer.resolve(name), results));
        }
        List<String> slower = failOn == null ? List.of() : comparison.slowerThan(failOn);
        slower.forEach(sentence -> spec.commandLine().getErr().println("Failed: " + sentence));
        return slower.isEmpty() ? 0 : Fault.FAILED;
    }

    private void check() {
        if (margin == 0 || confidence < 0.5 || confidence >= 1) {
            throw Fault.usage("A margin must be above 0 % and a confidence from 50 % to less than 100 %: give --margin 5%"
                    + " --confidence 95%.");
        }
        List<Path> all = new ArrayList<>(a);
        all.addAll(b);
        Set<Path> seen = new HashSet<>();
        for (Path folder : all) {
            if (!seen.add(real(folder))) {
                throw Fault.usage(folder + " is named twice. Name each folder once.");
            }
        }
        if (json != null) {
            OutputFile.check("--json", json);
        }
        if (github != null) {
            OutputFile.check("--github-action-benchmark", github);
        }
        if (visualizer != null && !Files.isDirectory(visualizer)) {
            throw Fault.usage("--jmh-visualizer " + visualizer + " is not a folder. Make it: mkdir -p "
                    + visualizer + ".");
        }
        if (visualizer != null) {
            OutputFolder.check("--jmh-visualizer", visualizer);
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    private static void write(Path file, JsonNode node) {
        OutputFile.write(file, node.toPrettyString() + "\n");
    }
}
