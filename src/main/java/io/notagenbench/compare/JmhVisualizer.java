package io.notagenbench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What jmh-visualizer reads: JMH's own array of results, one file for each run. */
public final class JmhVisualizer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JmhVisualizer() {
    }

    /** The results that are OK, by the name of a file: {@code A.json}, or {@code A-1.json} where a side has several. */
    public static Map<String, ArrayNode> of(Comparison comparison) {
        Map<String, ArrayNode> files = new LinkedHashMap<>();
        put(files, "A", comparison.a());
        put(files, "B", comparison.b());
        return files;
    }

    private static void put(Map<String, ArrayNode> files, String letter, RunGroup side) {
        int number = 0;
        for (List<RunGroup.Row> run : side.runs()) {
            number++;
            ArrayNode results = JSON.createArrayNode();
            run.stream().filter(RunGroup.Row::isOk).forEach(row -> results.add(row.jmh().get()));
            files.put(letter + (side.runs().size() == 1 ? "" : "-" + number) + ".json", results);
        }
    }
}
