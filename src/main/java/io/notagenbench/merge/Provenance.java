package io.notagenbench.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.sweep.CellRow;
import io.notagenbench.sweep.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the rows of a folder come from: from several runs where it is a merge, otherwise from the folder's own. */
public final class Provenance {

    private final RunFolder folder;
    private final Map<Integer, String> runs = new HashMap<>();
    private final Map<String, Optional<JsonNode>> environments = new HashMap<>();

    private Provenance(RunFolder folder) {
        this.folder = folder;
    }

    /** @throws Fault if the folder holds no readable run */
    public static Provenance of(RunFolder folder) {
        Provenance provenance = new Provenance(folder);
        for (ObjectNode row : Layout.rows(folder.path())) {
            if (row.has(Layout.SOURCE)) {
                provenance.runs.put(row.get(Layout.NUMBER).asInt(), row.get(Layout.SOURCE).path(Layout.RUN).asText());
            }
        }
        return provenance;
    }

    /** The name of the run that a row of a merge comes from; empty where the folder is no merge. */
    public Optional<String> run(CellRow row) {
        return Optional.ofNullable(runs.get(row.number()));
    }

    /** What a row was measured on; empty where it is not known. */
    public Optional<JsonNode> environment(CellRow row) {
        return run(row).map(run -> environments.computeIfAbsent(run, this::read)).orElseGet(folder::environment);
    }

    private Optional<JsonNode> read(String run) {
        Path file = folder.path().resolve(Layout.SOURCES).resolve(run).resolve(Layout.ENVIRONMENT);
        return Files.exists(file) ? Optional.of(Layout.read(file)) : Optional.empty();
    }
}
