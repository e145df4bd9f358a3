package io.notagenbench.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Environment;
import io.notagenbench.results.FoundFiles;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes a merge. The journal comes last, so a folder with a journal is complete. */
public final class MergedFolder {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Folders in which files are named by the number of their cell. */
    private static final List<String> FILES_OF_A_CELL = List.of(RunFolder.PIECES, RunFolder.LOGS, RunFolder.CELLS);

    private final Path folder;
    private final Merge merge;
    private final Scrubber scrubber;
    private final Map<Merge.Run, String> names = new LinkedHashMap<>();
    private final List<String> notes;
    private final Set<Path> closedFolders = new HashSet<>();

    private MergedFolder(Path folder, Merge merge, Scrubber scrubber) {
        this.folder = folder;
        this.merge = merge;
        this.scrubber = scrubber;
        notes = new ArrayList<>(merge.notes());
        merge.runs().forEach(run -> names.put(run, scrubber.text(run.name())));
    }

    /**
     * Writes all rows with their files.
     *
     * @param folder that is not there yet, or empty
     * @return what a person should know, in sentences
     * @throws Fault (usage) if there is something in the folder; (failed) if it cannot be written
     */
    public static List<String> write(Path folder, Merge merge) {
        return new MergedFolder(folder, merge, Scrubber.NONE).write();
    }

    /**
     * As {@link #write}, without the names of hosts and home folders.
     *
     * @param names of hosts that are in neither an environment nor the name of a folder
     * @throws Fault also (failed) if a name is also a word of the results
     */
    public static List<String> writeScrubbed(Path folder, Merge merge, Collection<String> names) {
        return new MergedFolder(folder, merge, Scrubber.of(merge.runs(), names)).write();
    }

    /** @throws Fault (usage) if it is something else than a folder to be made, or an empty one */
    public static void requireEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
            if (entries.findAny().isPresent()) {
                throw Fault.usage(folder + " is not empty: name a new folder, and put it among those that are merged if it"
                        + " holds a run.");
            }
        } catch (IOException e) {
            throw Layout.unreadable(folder, e);
        }
    }

    private List<String> write() {
        requireEmpty(folder);
        try {
            Files.createDirectories(folder);
            for (Merge.Run run : merge.runs()) {
                writeSource(run);
            }
            StringBuilder journal = new StringBuilder();
            int number = 0;
            for (Merge.Kept kept : merge.rows()) {
                number++;
                journal.append(JSON.writeValueAsString(row(kept, number))).append('\n');
                for (String kind : FILES_OF_A_CELL) {
                    copyCell(kept, number, kind);
                }
            }
            Files.writeString(folder.resolve(RunFolder.ENVIRONMENT), environment().toPrettyString() + "\n", StandardCharsets.UTF_8);
            Files.writeString(folder.resolve(RunFolder.JOURNAL), journal);
            return notes.stream().map(scrubber::text).toList();
        } catch (IOException e) {
            throw Fault.failed("The merge cannot be written to " + folder + ": " + e + ".", e);
        }
    }

    private void writeSource(Merge.Run run) throws IOException {
        Path source = Files.createDirectories(source(run));
        Path best = run.best().own().path();
        if (run.best().environment().isPresent()) {
            Files.write(source.resolve(RunFolder.ENVIRONMENT),
                    scrubber.bytes(Files.readAllBytes(best.resolve(RunFolder.ENVIRONMENT))));
        }
        FoundFiles others = Layout.others(best);
        others.closed().forEach(closed -> leaveOut(run, closed));
        for (Path file : others.files()) {
            copy(run, best, file, source);
        }
        // A copy that went on elsewhere has rows whose conditions no other copy knows.
        for (FoundRun found : run.copies()) {
            for (Path file : Layout.others(found.own().path()).files()) {
                if (file.startsWith(RunFolder.LATER) && !Files.exists(source.resolve(file))) {
                    copy(run, found.own().path(), file, source);
                }
            }
        }
        copyForks(run, source);
    }

    private Path source(Merge.Run run) {
        return folder.resolve(RunFolder.SOURCES).resolve(names.get(run));
    }

    /** All lines that any copy has: one that went on elsewhere has forks that no other copy knows. */
    private void copyForks(Merge.Run run, Path source) throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        for (FoundRun found : run.copies()) {
            Path file = found.own().path().resolve(RunFolder.FORKS);
            if (Files.isReadable(file)) {
                String text = Files.readString(file);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
            } else if (Files.exists(file)) {
                leaveOut(run, file.getFileName());
            }
        }
        if (!lines.isEmpty()) {
            Files.writeString(source.resolve(RunFolder.FORKS), scrubber.text(String.join("\n", lines) + "\n"));
        }
    }

    /** Files beside the results may be missing from a merge; results may not. */
    private void leaveOut(Merge.Run run, Path closed) {
        notes.add(closed + " of " + run.name() + " is left out: you may not read it.");
    }

    private void copy(Merge.Run run, Path from, Path file, Path source) throws IOException {
        if (!Files.isReadable(from.resolve(file))) {
            leaveOut(run, file);
            return;
        }
        byte[] content = Files.readAllBytes(from.resolve(file));
        if (scrubber.isActive() && Scrubber.isBinary(content)) {
            notes.add(file + " of " + run.name() + " is left out: it is not text, so it may contain names that cannot be found.");
            return;
        }
        Path to = scrubber.isActive() ? source.resolve(scrubber.text(file.toString())) : source.resolve(file);
        Files.createDirectories(to.getParent());
        Files.write(to, scrubber.bytes(content));
    }

    private ObjectNode row(Merge.Kept kept, int number) throws IOException {
        ObjectNode json = kept.row().json();
        ObjectNode row = (ObjectNode) JSON.readTree(scrubber.text(JSON.writeValueAsString(json)));
        requireSameWords(json, row);
        row.put("number", number);
        row.putPOJO("source", new CellRow.Source(names.get(kept.run()), kept.row().number()));
        return row;
    }

    /** A machine may have a name that is also a value, such as cached: that value must not be replaced. */
    private static void requireSameWords(ObjectNode before, ObjectNode after) {
        for (String field : List.of("benchmark", "outcome", "unit", "jmh")) {
            requireSame(before.path(field), after.path(field));
        }
        Set<String> names = new TreeSet<>();
        before.get("params").fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String value = before.get("params").get(name).asText();
            if (!value.contains("/") && !value.contains("\\")) {
                requireSame(before.get("params").get(name), after.path("params").path(name));
            }
        }
    }

    private static void requireSame(JsonNode before, JsonNode after) {
        if (!before.equals(after)) {
            throw Fault.failed("A host has a name that is also a word of the results, " + before + ", so it cannot be taken"
                    + " out by --scrub: rename that run's folder, and host.name in its environment.json, before it is merged.");
        }
    }

    /** Files of a cell get a new number and keep the rest of their names. */
    private void copyCell(Merge.Kept kept, int number, String kind) throws IOException {
        Path from = kept.found().cells().path().resolve(kind);
        if (Files.isDirectory(from) && !Files.isReadable(from)) {
            if (closedFolders.add(from)) {
                leaveOut(kept.run(), from.getFileName());
            }
            return;
        }
        for (Path file : Layout.ofCell(from, kept.row().row().number())) {
            if (!Files.isReadable(file)) {
                leaveOut(kept.run(), Path.of(kind).resolve(file.getFileName()));
                continue;
            }
            String rest = file.getFileName().toString().replaceFirst("^\\d+", "");
            Files.write(Files.createDirectories(folder.resolve(kind)).resolve(String.format(Locale.ROOT, "%03d", number) + rest),
                    scrubber.bytes(Files.readAllBytes(file)));
        }
    }

    /** What the environments of all runs have in common, and their names: each has its own below {@code sources}. */
    private ObjectNode environment() {
        List<JsonNode> all = merge.runs().stream().map(run -> new RunFolder(source(run)).environment())
                .flatMap(Optional::stream).map(Environment::facts).toList();
        ObjectNode common = all.isEmpty() ? JSON.createObjectNode() : CommonFacts.of(all);
        names.values().forEach(common.withArray(RunFolder.SOURCES)::add);
        return common;
    }
}
