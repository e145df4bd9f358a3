package io.notagenbench.results;

import io.notagenbench.fault.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where the rows of a folder come from: from several runs where it is a merge, otherwise from the folder's own. */
public final class Provenance {

    private final RunFolder folder;
    private final List<RunFolder> places;
    private final Map<RunFolder, Map<String, Environment>> environments = new HashMap<>();

    private Provenance(RunFolder folder, List<CellRow> rows) {
        this.folder = folder;
        places = rows.isEmpty() ? List.of(folder) : rows.stream().map(this::place).distinct().toList();
    }

    /** @throws Fault if the folder holds no readable run */
    public static Provenance of(RunFolder folder) {
        return new Provenance(folder, folder.rows());
    }

    /** The name of the run that a row of a merge comes from; empty where the folder is not a merge. */
    public Optional<String> run(CellRow row) {
        return Optional.ofNullable(row.source()).map(CellRow.Source::run);
    }

    /** The folder with the files of a row's run that are not a cell's. */
    public RunFolder place(CellRow row) {
        return run(row).map(name -> new RunFolder(folder.path().resolve(RunFolder.SOURCES).resolve(name))).orElse(folder);
    }

    /** What the run of a row began on; empty where it is not known. */
    public Optional<Environment> environment(CellRow row) {
        return Optional.ofNullable(environments(place(row)).get(""));
    }

    /** What the forks of a row were measured on, each once; empty where it is not known. */
    public List<Environment> environments(CellRow row) {
        Map<String, Environment> known = environments(place(row));
        return row.conditions().stream().map(known::get).filter(Objects::nonNull).toList();
    }

    /** What the ruler found in all runs. */
    public List<RulerReading> rulerReadings() {
        return places.stream().flatMap(place -> place.rulerReadings().stream()).toList();
    }

    /** By {@link CellRow#conditions}. */
    private Map<String, Environment> environments(RunFolder place) {
        return environments.computeIfAbsent(place, run -> {
            Map<String, Environment> all = run.laterEnvironments();
            run.environment().ifPresent(first -> all.put("", first));
            return all;
        });
    }
}
