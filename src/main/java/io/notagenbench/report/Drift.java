package io.notagenbench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the machine was at one moment of a run, by work that never changes: a line of {@code drift.jsonl}.
 *
 * @param started  when, in UTC
 * @param load     processes that wanted to run in the minute before; negative where it is not known
 * @param readings mean time by what was measured
 */
record Drift(String started, double load, Map<String, Double> readings) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All moments of a run in their order; none where its folder has no such file. A torn last line does not count. */
    static List<Drift> in(Path folder) {
        Path file = folder.resolve("drift.jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            List<Drift> moments = new ArrayList<>();
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                moments.add(of(JSON.readTree(line)));
            }
            return moments;
        } catch (JsonProcessingException e) {
            throw Fault.failed(file + " is damaged: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }

    private static Drift of(JsonNode line) {
        Map<String, Double> readings = new LinkedHashMap<>();
        line.path("readings").properties().forEach(reading -> readings.put(reading.getKey()
                + " " + reading.getValue().path("unit").asText(), reading.getValue().at("/estimate/mean").asDouble(Double.NaN)));
        return new Drift(line.path("started").asText(), line.path("loadAverage").asDouble(-1), readings);
    }
}
