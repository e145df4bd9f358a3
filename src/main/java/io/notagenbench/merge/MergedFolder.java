package io.notagenbench.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes a merge: its journal last, so that a folder with a journal is whole. */
public final class MergedFolder {

    private final Path folder;
    private final Merge merge;
    private final Scrubber scrubber;
    private final Map<Merge.Run, String> names = new LinkedHashMap<>();
    private final List<String> notes;
    private final Set<Path> closedLogs = new HashSet<>();

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
     * @param names of hosts that neither an environment nor the name of a folder tells
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
            Files.createDirectories(folder.resolve(Layout.CELLS));
            Files.createDirectories(folder.resolve(Layout.LOGS));
            for (Merge.Run run : merge.runs()) {
                writeSource(run);
            }
            StringBuilder journal = new StringBuilder();
            ArrayNode results = Layout.JSON.createArrayNode();
            int number = 0;
            for (Merge.Kept kept : merge.rows()) {
                number++;
                journal.append(Layout.JSON.writeValueAsString(row(kept, number))).append('\n');
                copyCell(kept, number, Layout.CELLS);
                copyCell(kept, number, Layout.LOGS);
                if (kept.row().isOk()) {
                    Layout.read(folder.resolve(Layout.CELLS).resolve(String.format(Locale.ROOT, "%03d.json", number))).forEach(results::add);
                }
            }
            put(Layout.RESULTS, results);
            put(Layout.ENVIRONMENT, environment());
            Files.writeString(folder.resolve(Layout.JOURNAL), journal);
            return notes.stream().map(scrubber::text).toList();
        } catch (IOException e) {
            throw Fault.failed("The merge cannot be written to " + folder + ": " + e + ".", e);
        }
    }

    private void writeSource(Merge.Run run) throws IOException {
        Path source = folder.resolve(Layout.SOURCES).resolve(names.get(run));
        Files.createDirectories(source);
        if (run.best().environment().isPresent()) {
            Files.write(source.resolve(Layout.ENVIRONMENT),
                    scrubber.bytes(Files.readAllBytes(run.best().own().resolve(Layout.ENVIRONMENT))));
        }
        FoundFiles others = Layout.others(run.best().own());
        others.closed().forEach(closed -> leaveOut(run, closed));
        for (Path file : others.files()) {
            copy(run, run.best().own(), file, source);
        }
        // A copy that went on elsewhere has rows whose conditions no other copy knows.
        for (FoundRun found : run.copies()) {
            for (Path file : Layout.others(found.own()).files()) {
                if (file.startsWith(RunFolder.LATER) && !Files.exists(source.resolve(file))) {
                    copy(run, found.own(), file, source);
                }
            }
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
            notes.add(file + " of " + run.name() + " is left out: it is no text, so names may hide in it.");
            return;
        }
        Path to = scrubber.isActive() ? source.resolve(scrubber.text(file.toString())) : source.resolve(file);
        Files.createDirectories(to.getParent());
        Files.write(to, scrubber.bytes(content));
    }

    private ObjectNode row(Merge.Kept kept, int number) throws IOException {
        ObjectNode json = kept.row().json();
        ObjectNode row = (ObjectNode) Layout.JSON.readTree(scrubber.text(Layout.JSON.writeValueAsString(json)));
        requireSameWords(json, row);
        row.put(Layout.NUMBER, number);
        row.putObject(Layout.SOURCE).put(Layout.RUN, names.get(kept.run())).put(Layout.NUMBER, kept.row().number());
        return row;
    }

    /** A machine that is called cached must not make decoding=cached a machine. */
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

    /** Files of a cell keep what follows their number. */
    private void copyCell(Merge.Kept kept, int number, String kind) throws IOException {
        Path from = kept.found().cells().resolve(kind);
        if (kind.equals(Layout.LOGS) && Files.isDirectory(from) && !Files.isReadable(from)) {
            if (closedLogs.add(from)) {
                leaveOut(kept.run(), from.getFileName());
            }
            return;
        }
        for (Path file : Layout.ofCell(from, kept.row().file())) {
            if (kind.equals(Layout.LOGS) && !Files.isReadable(file)) {
                leaveOut(kept.run(), Path.of(kind).resolve(file.getFileName()));
                continue;
            }
            String rest = file.getFileName().toString().replaceFirst("^\\d+", "");
            Files.write(folder.resolve(kind).resolve(String.format(Locale.ROOT, "%03d", number) + rest),
                    scrubber.bytes(Files.readAllBytes(file)));
        }
    }

    private void put(String name, JsonNode content) throws IOException {
        Files.writeString(folder.resolve(name), content.toPrettyString() + "\n", StandardCharsets.UTF_8);
    }

    /** What the environments of all runs have in common, and their names: each has its own below {@code sources}. */
    private ObjectNode environment() {
        List<JsonNode> all = names.values().stream()
                .map(name -> folder.resolve(Layout.SOURCES).resolve(name).resolve(Layout.ENVIRONMENT))
                .filter(Files::exists).map(Layout::read).toList();
        ObjectNode common = all.isEmpty() ? Layout.JSON.createObjectNode() : CommonFacts.of(all);
        names.values().forEach(common.withArray(Layout.SOURCES)::add);
        return common;
    }
}
