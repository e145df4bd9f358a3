package io.notagenbench.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.RunFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where the rows of a folder come from: from several runs where it is a merge, otherwise from the folder's own. */
public final class Provenance {

    private final RunFolder folder;
    private final Map<Integer, String> runs = new HashMap<>();
    private final Map<Path, Map<String, JsonNode>> environments = new HashMap<>();

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

    /** What the run of a row began on; empty where it is not known. */
    public Optional<JsonNode> environment(CellRow row) {
        return Optional.ofNullable(environments(place(row)).get(""));
    }

    /** What the forks of a row were measured on, each once; empty where it is not known. */
    public List<JsonNode> environments(CellRow row) {
        Map<String, JsonNode> known = environments(place(row));
        return row.conditions().stream().map(known::get).filter(Objects::nonNull).toList();
    }

    /** The folder with the files of a row's run that are not a cell's. */
    private Path place(CellRow row) {
        return run(row).map(name -> folder.path().resolve(Layout.SOURCES).resolve(name)).orElse(folder.path());
    }

    /** By {@link CellRow#conditions}. */
    private Map<String, JsonNode> environments(Path place) {
        return environments.computeIfAbsent(place, path -> {
            RunFolder run = new RunFolder(path);
            Map<String, JsonNode> all = run.laterEnvironments();
            run.environment().ifPresent(first -> all.put("", first));
            return all;
        });
    }
}
