package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Cell;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which benchmarks to run with which parameters.
 *
 * @param name           name or file
 * @param jmh            JMH's options by letter, for all entries
 * @param timeoutSeconds the longest that one fork of a cell may take
 * @param ruler          whether the drift of the machine is measured
 * @param entries        what to run, in this order
 */
public record Plan(String name, Map<String, String> jmh, int timeoutSeconds, boolean ruler, List<Entry> entries) {

    /** The longest that one fork of a cell may take where nobody says otherwise. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 3600;

    /** The plans in the jar. */
    public static final List<String> SHIPPED = List.of("quick", "full", "article", "backends", "precision", "window",
            "concurrency");

    /**
     * One entry.
     *
     * @param place      where it stands
     * @param benchmarks classes and methods
     * @param params     values that stand in for the declared ones
     * @param linked     tuples of values that go together
     * @param exclude    combinations of values that are left out
     * @param jmh        options that stand in for those of the plan
     */
    record Entry(PlanNode place, List<PlanNode> benchmarks, Map<String, PlanNode> params, List<Map<String, PlanNode>> linked,
            List<Map<String, PlanNode>> exclude, Map<String, String> jmh) {
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

    /** Whether a word names a plan and no benchmark: one of {@link #SHIPPED}, a file, or what looks like one. */
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
     * @param given   values of the command line: they stand in for those of every entry whose benchmark has the parameter
     * @param options JMH's options of the command line: they stand in for those of the plan
     * @throws Fault (usage) with the line if a benchmark is unknown, does not take a parameter, or a value is not allowed
     */
    public List<Cell> cells(Catalog catalog, Map<Parameter, List<String>> given, Map<String, String> options) {
        Set<Cell> cells = new LinkedHashSet<>();
        Set<String> declared = new LinkedHashSet<>();
        for (Entry entry : entries) {
            Map<String, String> jmhOfEntry = new LinkedHashMap<>(jmh);
            jmhOfEntry.putAll(entry.jmh());
            jmhOfEntry.putAll(options);
            for (PlanNode named : entry.benchmarks()) {
                String benchmark = named.located(() -> catalog.fullName(named.text()));
                declared.addAll(catalog.declared(benchmark).keySet());
                List<Map<String, String>> grid = new Grid(named, catalog.declared(benchmark), entry).cells(given);
                grid.forEach(params -> cells.add(cell(catalog, benchmark, params, jmhOfEntry)));
            }
        }
        requireTaken(given, declared);
        return List.copyOf(cells);
    }

    /**
     * The cells of benchmarks without a plan, in the order of their names.
     *
     * @param regexps each is found in the names of some benchmarks
     */
    public static List<Cell> cells(List<String> regexps, Catalog catalog, Map<Parameter, List<String>> given,
            Map<String, String> options) {
        Set<String> benchmarks = new LinkedHashSet<>();
        regexps.forEach(regexp -> benchmarks.addAll(catalog.matching(regexp)));
        Set<Cell> cells = new LinkedHashSet<>();
        Set<String> declared = new LinkedHashSet<>();
        for (String benchmark : benchmarks) {
            declared.addAll(catalog.declared(benchmark).keySet());
            Grid.of(catalog.declared(benchmark), given)
                    .forEach(params -> cells.add(cell(catalog, benchmark, params, options)));
        }
        requireTaken(given, declared);
        return List.copyOf(cells);
    }

    /** The number of forks is written into the cell: rounds follow from it. */
    private static Cell cell(Catalog catalog, String benchmark, Map<String, String> params, Map<String, String> options) {
        Map<String, String> jmh = new LinkedHashMap<>(options);
        jmh.putIfAbsent(Cell.FORKS, String.valueOf(catalog.forks(benchmark)));
        return new Cell(benchmark, params, jmh);
    }

    private static void requireTaken(Map<Parameter, List<String>> given, Set<String> declared) {
        for (Parameter parameter : given.keySet()) {
            if (!declared.contains(parameter.label())) {
                throw Fault.usage("None of the chosen benchmarks takes the parameter " + parameter.label()
                        + ". They take: " + String.join(", ", declared) + ".");
            }
        }
    }
}
