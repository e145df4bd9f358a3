package io.notagenbench.merge;

import io.notagenbench.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rows of many folders a merge keeps.
 *
 * @param rows  each once, in the order of their numbers and the names of their runs
 * @param runs  those that have a row, each once
 * @param twice rows that were found more than once
 * @param notes what was decided where copies of one run differ, in sentences
 */
public record Merge(List<Kept> rows, List<Run> runs, int twice, List<String> notes) {

    /**
     * A run that is kept.
     *
     * @param name   unlike that of any other
     * @param best   the copy with the most rows, the latest of those
     * @param copies all of them
     */
    record Run(String name, FoundRun best, List<FoundRun> copies) {
    }

    /**
     * A row that is kept.
     *
     * @param run   that it comes from
     * @param found the copy with its files
     * @param row   itself
     */
    record Kept(Run run, FoundRun found, FoundRun.Row row) {
    }

    /** A row and the folder in which it was found. */
    private record Copy(FoundRun found, FoundRun.Row row) {

        boolean hasResult() {
            return !row.isOk() || found.cells().isMeasured(row.row());
        }
    }

    /**
     * Reads folders and decides.
     *
     * @throws Fault if a folder holds no run, cannot be read, or lacks the result of a row that is OK
     */
    public static Merge of(List<Path> folders) {
        List<List<FoundRun>> groups = new ArrayList<>();
        folders.forEach(folder -> FoundRun.in(folder).forEach(found -> add(groups, found)));
        List<Kept> rows = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int all = 0;
        int copies = 0;
        for (List<FoundRun> group : groups) {
            FoundRun best = group.stream().max(Comparator.comparingInt((FoundRun found) -> found.rows().size())
                    .thenComparing(FoundRun::started)).orElseThrow();
            Run run = new Run(unique(best.name(), names), best, List.copyOf(group));
            runs.add(run);
            List<List<Copy>> events = events(group);
            all += group.stream().mapToInt(found -> found.rows().size()).sum();
            copies += events.size();
            rows.addAll(decide(run, events, notes));
        }
        rows.sort(Comparator.comparingInt((Kept kept) -> kept.row().number()).thenComparing(kept -> kept.run().name()));
        return new Merge(List.copyOf(rows), List.copyOf(runs), all - copies, List.copyOf(notes));
    }

    /** Two copies that share nothing may both share something with a third. */
    private static void add(List<List<FoundRun>> groups, FoundRun found) {
        List<FoundRun> joined = new ArrayList<>();
        groups.removeIf(group -> group.stream().anyMatch(found::isCopyOf) && joined.addAll(group));
        joined.add(found);
        groups.add(joined);
    }

    private static String unique(String name, Set<String> names) {
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "-" + i;
        }
        return unique;
    }

    /** The rows of all copies of a run, with equal rows grouped. */
    private static List<List<Copy>> events(List<FoundRun> group) {
        List<List<Copy>> events = new ArrayList<>();
        for (FoundRun found : group) {
            for (FoundRun.Row row : found.rows()) {
                events.stream().filter(event -> event.get(0).row().isCopyOf(row)).findFirst().orElseGet(() -> {
                    List<Copy> event = new ArrayList<>();
                    events.add(event);
                    return event;
                }).add(new Copy(found, row));
            }
        }
        return events;
    }

    private static List<Kept> decide(Run run, List<List<Copy>> events, List<String> notes) {
        List<Kept> kept = new ArrayList<>();
        for (int number : events.stream().map(event -> event.get(0).row().number()).distinct().toList()) {
            List<Copy> different = events.stream().filter(event -> event.get(0).row().number() == number)
                    .map(Merge::whole).toList();
            List<Copy> ok = different.stream().filter(copy -> copy.row().isOk()).toList();
            List<Copy> chosen = !ok.isEmpty() ? ok : List.of(different.stream()
                    .max(Comparator.comparing((Copy copy) -> !copy.row().isInterrupted())
                            .thenComparing(copy -> copy.found().started())).orElseThrow());
            if (different.size() > 1) {
                notes.add(note(run, different, chosen));
            }
            chosen.forEach(copy -> kept.add(new Kept(run, copy.found(), copy.row())));
        }
        return kept;
    }

    /** Of equal rows, the first whose result is there. */
    private static Copy whole(List<Copy> event) {
        return event.stream().filter(Copy::hasResult).findFirst().orElseThrow(() -> {
            Copy first = event.get(0);
            Path result = first.found().cells().cell(first.row().row().number());
            String open = "may not be read by you: ask for it (chmod -R a+rX " + result.getParent() + "), or";
            String there = "is not there: run it again by sweep --resume, or";
            return Fault.failed(first.found().cells().path() + " says that " + first.row().row().cell().label() + " is OK, but its result "
                    + result.getFileName() + " " + (Files.exists(result) || !Files.isReadable(result.getParent()) ? open : there)
                    + " leave this folder out.");
        });
    }

    private static String note(Run run, List<Copy> different, List<Copy> chosen) {
        StringBuilder note = new StringBuilder("Copies of " + run.name() + " differ in cell " + chosen.get(0).row().number()
                + ", " + chosen.get(0).row().row().cell().label() + ":");
        different.forEach(copy -> note.append(' ').append(copy.row().row().outcome()).append(" in ").append(copy.found().cells().path())
                .append(','));
        note.setLength(note.length() - 1);
        return note.append(chosen.size() > 1 ? "; all were measured, so all are kept."
                : chosen.get(0).row().isOk() ? "; the OK is kept." : "; the later is kept.").toString();
    }
}
