package io.notagenbench.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What JMH writes with {@code -rf json}, of this suite or of any other. It has the JVM and the options of each benchmark, but
 * neither the machine nor the commit.
 */
final class JmhFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** JMH's names of what must be alike, by how a person gives it. */
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("mode", "option -bm");
        OPTIONS.put("threads", "option -t");
        OPTIONS.put("warmupIterations", "option -wi");
        OPTIONS.put("warmupTime", "option -w");
        OPTIONS.put("warmupBatchSize", "option -wbs");
        OPTIONS.put("measurementIterations", "option -i");
        OPTIONS.put("measurementTime", "option -r");
        OPTIONS.put("measurementBatchSize", "option -bs");
        OPTIONS.put("jmhVersion", "jmh");
        OPTIONS.put("vmName", "jvm");
        OPTIONS.put("vmVersion", "jvm version");
    }

    /** Flags that the suite itself gives its processes, and that differ between its versions. None changes a time. */
    private static final Pattern OF_THE_SUITE = Pattern.compile("-D(?:ai\\.djl\\.offline|OPT_OUT_TRACKING|user\\.\\w+|jdk\\.net\\.hosts\\.file"
            + "|java\\.io\\.tmpdir|notagenbench\\.\\w+|jmh\\.[\\w.]+)=.*|-XX:\\+ExitOnOutOfMemoryError|--enable-native-access=.*"
            + "|--sun-misc-unsafe-memory-access=.*|-XX:SharedArchiveFile=.*|-Xlog:cds\\*=off");

    private JmhFile() {
    }

    /**
     * A row for each result.
     *
     * @throws Fault (usage) if there is something else in the file
     */
    static List<RunGroup.Row> rows(Path file) {
        JsonNode results = read(file);
        List<RunGroup.Row> rows = new ArrayList<>();
        for (JsonNode result : results) {
            if (!result.path("benchmark").isTextual() || !result.path("primaryMetric").isObject()) {
                throw foreign(file, "it holds something else than results of benchmarks");
            }
            rows.add(row(rows.size() + 1, result));
        }
        return rows;
    }

    private static JsonNode read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            if (content.length == 0) {
                throw Fault.usage(file + " is empty: JMH writes its results when a run ends, and that one did not. Measure again.");
            }
            JsonNode results = JSON.readTree(content);
            if (!results.isArray()) {
                throw foreign(file, "it does not hold an array");
            }
            return results;
        } catch (JsonProcessingException e) {
            throw foreign(file, "it is not JSON");
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }

    private static Fault foreign(Path file, String reason) {
        return Fault.usage(file + " is not what JMH writes with -rf json, " + reason + ": measure with -rf json -rff " + file
                + ", or name a folder that sweep or merge wrote.");
    }

    private static RunGroup.Row row(int number, JsonNode result) {
        Map<String, String> params = new TreeMap<>();
        result.path("params").properties().forEach(param -> params.put(param.getKey(), param.getValue().asText()));
        Measured measured = null;
        String defect;
        try {
            measured = Measured.of(result);
            defect = defect(result, measured.count());
        } catch (IllegalArgumentException e) {
            defect = e.getMessage() + ".";
        }
        CellRow row = new CellRow(number, result.get("benchmark").asText(), params, Map.of(),
                defect.isEmpty() ? Outcome.OK : Outcome.ERROR, defect, 0, null, null, null);
        return new RunGroup.Row(row, conditions(result), measured, () -> result);
    }

    private static Conditions conditions(JsonNode result) {
        Map<String, String> values = new TreeMap<>();
        OPTIONS.forEach((field, name) -> {
            if (result.has(field)) {
                values.put(name, result.get(field).asText());
            }
        });
        if (result.has("jvmArgs")) {
            values.put("jvmFlags", StreamSupport.stream(result.get("jvmArgs").spliterator(), false).map(JsonNode::asText)
                    .filter(flag -> !OF_THE_SUITE.matcher(flag).matches()).collect(Collectors.joining(", ")));
        }
        return new Conditions(values);
    }

    /** JMH keeps what it has of a benchmark that failed on the way, as if that were all. Empty where nothing is missing. */
    private static String defect(JsonNode result, int found) {
        int forks = Math.max(1, result.path("forks").asInt(1));
        int iterations = forks * result.path("measurementIterations").asInt(1);
        return found < iterations ? found + " of " + iterations + " iterations are there." : "";
    }
}
