package io.notagenbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.document.Block;
import io.notagenbench.document.Facts;
import io.notagenbench.document.Section;
import io.notagenbench.document.TableCell;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.CellRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a run ran on, and what was asked of it. */
final class EnvironmentSection {

    /** Parameters that a table shows even at their defaults. */
    private static final Set<Parameter> COMPARED = Set.of(Parameter.BACKEND, Parameter.DECODING, Parameter.CONTEXT);
    private static final double GIB = 1 << 30;

    private final List<Facts.Fact> facts = new ArrayList<>();

    private EnvironmentSection() {
    }

    static Section of(RunResults run) {
        EnvironmentSection section = new EnvironmentSection();
        if (run.environment().isKnown()) {
            section.machine(run.environment().facts());
            section.asked(run.environment().facts());
        }
        if (!run.rows().isEmpty()) {
            section.options(run.rows());
        }
        List<Block> blocks = new ArrayList<>(List.of(new Facts(section.facts)));
        blocks.addAll(ChangedConditions.of(run).blocks());
        return Section.of(run.id("environment"), "Environment", blocks);
    }

    private void machine(JsonNode environment) {
        JsonNode host = environment.path("host");
        add("Started", environment.path("started").asText());
        add("Suite", environment.path("suite").asText() + (environment.has("commit")
                ? ", commit " + environment.get("commit").asText() : ", commit not known"));
        add("CPU", host.path("cpu").asText() + ", " + host.path("physicalCores").asText() + " physical cores, "
                + host.path("logicalCores").asText() + " logical" + told(", a quota of CPUs of ", host.path("cpuQuota"))
                + told(", governor ", host.path("governor")) + "; " + list(host.path("instructionSets")));
        add("Memory", String.format(Locale.ROOT, "%.1f GiB, %.1f GiB available at the start",
                host.path("memoryBytes").asDouble() / GIB, host.path("availableBytes").asDouble() / GIB)
                + (host.path("inContainerLimit").asBoolean() ? ", limited by the container" : ""));
        add("GPUs", host.path("gpus").isEmpty() ? "none" : list(host.path("gpus")));
        add("Operating system", host.path("os").asText());
        add("Java", host.path("java").asText());
        add("JMH", environment.path("jmh").asText());
        add("Engines", list(environment.path("engines")));
        if (!environment.path("jvmFlags").isEmpty()) {
            add("JVM flags", list(environment.path("jvmFlags")));
        }
        environment.path("variables").properties().forEach(variable -> add("$" + variable.getKey(), variable.getValue().asText()));
    }

    private static String told(String words, JsonNode fact) {
        return fact.isValueNode() && !fact.isNull() ? words + fact.asText() : "";
    }

    private void asked(JsonNode environment) {
        environment.path("models").properties().forEach(model ->
                add("Model " + model.getKey(), "SHA-256 " + model.getValue().asText()));
        add("Plan", environment.path("plan").asText());
        environment.path("parameters").properties().forEach(parameter ->
                add("-p " + parameter.getKey(), list(parameter.getValue())));
        add("Load average before", TableCell.number(environment.path("loadAverage").asDouble()));
    }

    private void options(List<CellRow> rows) {
        Map<Map<String, String>, Set<String>> benchmarks = rows.stream().collect(Collectors.groupingBy(CellRow::jmh,
                LinkedHashMap::new, Collectors.mapping(row -> row.cell().shortName(),
                        Collectors.toCollection(LinkedHashSet::new))));
        benchmarks.forEach((options, names) -> add("JMH options", options(options) + " for " + String.join(", ", names)));
        add("Parameters that no table names", Arrays.stream(Parameter.values())
                .filter(parameter -> !COMPARED.contains(parameter))
                .map(parameter -> parameter.label() + "=" + parameter.defaultValue()).collect(Collectors.joining(" ")));
    }

    private static String options(Map<String, String> options) {
        return options.isEmpty() ? "as annotated" : options.entrySet().stream()
                .map(option -> "-" + option.getKey() + " " + option.getValue()).collect(Collectors.joining(" "));
    }

    private void add(String name, String value) {
        facts.add(new Facts.Fact(name, value));
    }

    private static String list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "));
    }
}
