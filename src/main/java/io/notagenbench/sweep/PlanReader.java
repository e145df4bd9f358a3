package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a plan from YAML. A fault names the line. */
final class PlanReader {

    private static final String BENCHMARK = "benchmark";
    private static final String PARAMS = "params";
    private static final String LINKED = "linked";
    private static final String EXCLUDE = "exclude";
    private static final String KEEP = "keep";
    private static final String JMH = "jmh";
    private static final String ENTRIES = "entries";
    private static final String TIMEOUT = "timeoutSeconds";
    private static final String BUDGET = "budget";
    private static final String RULER = "ruler";

    private PlanReader() {
    }

    /** @throws Fault (usage) if it is not a plan */
    static Plan read(String name, String yaml) {
        PlanNode root = PlanNode.parse(name, yaml);
        Map<String, PlanNode> keys = root.map(List.of(TIMEOUT, BUDGET, JMH, RULER, ENTRIES));
        if (!keys.containsKey(ENTRIES)) {
            throw root.fault("a plan needs " + ENTRIES + ".");
        }
        if (keys.get(ENTRIES).list().isEmpty()) {
            throw keys.get(ENTRIES).fault("a plan has one entry or more.");
        }
        return new Plan(name, keys.containsKey(JMH) ? options(keys.get(JMH)) : Map.of(),
                keys.containsKey(TIMEOUT) ? seconds(keys.get(TIMEOUT)) : Plan.DEFAULT_TIMEOUT_SECONDS,
                Optional.ofNullable(keys.get(BUDGET)).map(node -> node.located(() -> Span.budget(node.text()))), !keys.containsKey(RULER) || yes(keys.get(RULER)), keys.get(ENTRIES).list().stream().map(PlanReader::entry).toList());
    }

    private static int seconds(PlanNode node) {
        if (!node.text().matches("[1-9]\\d{0,6}")) {
            throw node.fault(TIMEOUT + " is a whole number above 0, not " + node.text() + ".");
        }
        return Integer.parseInt(node.text());
    }

    private static boolean yes(PlanNode node) {
        if (!Set.of("true", "false").contains(node.text())) {
            throw node.fault(RULER + " is true or false, not " + node.text() + ".");
        }
        return Boolean.parseBoolean(node.text());
    }

    private static Plan.Entry entry(PlanNode node) {
        Map<String, PlanNode> keys = node.map(List.of(BENCHMARK, PARAMS, LINKED, EXCLUDE, KEEP, JMH));
        if (!keys.containsKey(BENCHMARK)) {
            throw node.fault("an entry needs " + BENCHMARK + ".");
        }
        return new Plan.Entry(node, keys.get(BENCHMARK).list(), keys.containsKey(PARAMS) ? keys.get(PARAMS).map() : Map.of(),
                maps(keys.get(LINKED)), maps(keys.get(EXCLUDE)), kept(keys), keys.containsKey(JMH) ? options(keys.get(JMH)) : Map.of());
    }

    /** Names of parameters whose values the command line does not replace. */
    private static Set<String> kept(Map<String, PlanNode> keys) {
        if (!keys.containsKey(KEEP)) {
            return Set.of();
        }
        Set<String> kept = new LinkedHashSet<>();
        for (PlanNode name : keys.get(KEEP).list()) {
            if (!keys.containsKey(PARAMS) || !keys.get(PARAMS).map().containsKey(name.text())) {
                throw name.fault("the entry keeps " + name.text() + ", and its " + PARAMS + " give no value for it.");
            }
            kept.add(name.text());
        }
        return kept;
    }

    private static List<Map<String, PlanNode>> maps(PlanNode node) {
        List<Map<String, PlanNode>> maps = node == null ? List.of() : node.list().stream().map(PlanNode::map).toList();
        for (Map<String, PlanNode> map : maps) {
            if (map.isEmpty()) {
                throw node.fault("every element of this list names a parameter.");
            }
        }
        return maps;
    }

    private static Map<String, String> options(PlanNode node) {
        Map<String, String> options = new LinkedHashMap<>();
        node.map().forEach((name, value) -> options.put(name, value.located(() -> JmhOption.checkInSweep(name,
                value.list().stream().map(PlanNode::text).collect(Collectors.joining(" "))))));
        return options;
    }
}
