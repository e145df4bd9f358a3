package io.notagenbench.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.results.FoundFiles;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What lies where: in the folder of a run, and in that of a merge. */
final class Layout {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String JOURNAL = "journal.jsonl";
    static final String ENVIRONMENT = "environment.json";
    static final String RESULTS = "results.json";
    static final String CELLS = "cells";
    static final String LOGS = "logs";
    /** A folder for each run that was merged, with its environment and whatever else it has. */
    static final String SOURCES = "sources";
    /** The field of a merged row that says where it comes from. */
    static final String SOURCE = "source";
    static final String RUN = "run";
    static final String NUMBER = "number";

    /** What a merge makes anew, or what means nothing beside other runs. */
    private static final Set<String> MADE_ANEW = Set.of(JOURNAL, ENVIRONMENT, RESULTS, CELLS, LOGS, SOURCES, "sweep.lock",
            "summary.md", "report.html", "tables");

    private Layout() {
    }

    /**
     * The rows of a journal as they are written, with whatever fields they have; without a torn last one.
     *
     * @throws Fault if there is no run in the folder, or its journal is damaged
     */
    static List<ObjectNode> rows(Path folder) {
        new RunFolder(folder).rows();
        try {
            String text = Files.readString(folder.resolve(JOURNAL));
            List<ObjectNode> rows = new ArrayList<>();
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                rows.add((ObjectNode) JSON.readTree(line));
            }
            return rows;
        } catch (IOException e) {
            throw unreadable(folder.resolve(JOURNAL), e);
        }
    }

    /** The files of a run that are neither a cell's nor made anew, relative to its folder. */
    static FoundFiles others(Path folder) {
        FoundFiles all = FoundFiles.below(folder, Integer.MAX_VALUE);
        return new FoundFiles(others(folder, all.files()), others(folder, all.closed()));
    }

    private static List<Path> others(Path folder, List<Path> all) {
        return all.stream().map(folder::relativize).filter(file -> !MADE_ANEW.contains(file.getName(0).toString())).toList();
    }

    /** The files of a cell, {@code NNN.json} or {@code NNN-2.log}. */
    static List<Path> ofCell(Path folder, int number) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("0*" + number + "\\D.*")).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw Fault.failed(file + " is no JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static Fault unreadable(Path file, IOException e) {
        return Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
    }
}
