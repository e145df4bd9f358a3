package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import io.notagenbench.results.Cell;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which benchmarks to run with which parameters.
 *
 * @param name           name or file
 * @param jmh            JMH's options by letter, for all entries
 * @param timeoutSeconds the longest that one fork of a cell may take
 * @param budget         time that forks may take in all, where what they give decides how many there are
 * @param ruler          whether the drift of the machine is measured
 * @param entries        what to run, in this order
 */
public record Plan(String name, Map<String, String> jmh, int timeoutSeconds, Optional<Duration> budget, boolean ruler,
        List<Entry> entries) {

    /** How long one fork of a cell may take if the plan does not say. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 3600;

    /** The plans in the jar. */
    public static final List<String> SHIPPED = List.of("quick", "full", "article", "backends", "precision", "window",
            "concurrency", "service");

    /**
     * One entry.
     *
     * @param place      its line
     * @param benchmarks classes and methods
     * @param params     values that replace the declared ones
     * @param linked     tuples of values that go together
     * @param exclude    combinations of values that are left out
     * @param keep       parameters whose values the command line does not replace
     * @param jmh        options that replace those of the plan
     */
    record Entry(PlanNode place, List<PlanNode> benchmarks, Map<String, PlanNode> params, List<Map<String, PlanNode>> linked,
            List<Map<String, PlanNode>> exclude, Set<String> keep, Map<String, String> jmh) {
    }

    /**
     * @param nameOrPath one of {@link #SHIPPED}, or the path of a YAML file
     * @throws Fault (usage) if there is no such plan, or it is not one
     */
    public static Plan load(String nameOrPath) {
        try {
            return PlanReader.read(nameOrPath, SHIPPED.contains(nameOrPath) ? shipped(nameOrPath) : file(nameOrPath));
        } catch (IOException e) {
            throw Fault.usage("The plan " + nameOrPath + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }

    /** Whether a word names a plan, not a benchmark: one of {@link #SHIPPED}, a file, or what looks like one. */
    public static boolean isNamed(String word) {
        return SHIPPED.contains(word) || new File(word).isFile() || word.endsWith(".yaml") || word.endsWith(".yml");
    }

    private static String shipped(String name) throws IOException {
        try (InputStream in = Plan.class.getResourceAsStream("plans/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String file(String path) throws IOException {
        if (!Files.isRegularFile(NamedPath.of(path))) {
            throw Fault.usage("There is no plan '" + path + "': choose one of " + String.join(", ", SHIPPED)
                    + " or give the path of a YAML file.");
        }
        return Files.readString(NamedPath.of(path));
    }

    /**
     * All cells, in the order of the plan.
     *
     * @param given   values of the command line by parameter, which replace all others
     * @param options JMH's options of the command line, which replace those of the plan
     * @throws Fault (usage) with the line if a benchmark is unknown, does not take a parameter, or a value is not allowed
     */
    List<Cell> cells(Catalog catalog, Map<String, List<String>> given, Map<String, String> options) {
        List<Cell> cells = new ArrayList<>();
        for (Entry entry : entries) {
            Map<String, String> jmhOfEntry = new LinkedHashMap<>(jmh);
            jmhOfEntry.putAll(entry.jmh());
            jmhOfEntry.putAll(options);
            Map<String, List<String>> replaced = new LinkedHashMap<>(given);
            replaced.keySet().removeAll(entry.keep());
            for (PlanNode named : entry.benchmarks()) {
                String benchmark = named.located(() -> catalog.fullName(named.text()));
                new Grid(named, catalog, benchmark, entry).cells(replaced)
                        .forEach(params -> cells.add(catalog.cell(benchmark, params, jmhOfEntry)));
            }
        }
        return cells;
    }
}
