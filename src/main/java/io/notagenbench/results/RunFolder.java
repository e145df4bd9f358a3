package io.notagenbench.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of a run. {@code journal.jsonl} has a row for each cell with all its samples, {@code forks.jsonl} JMH's result of
 * each fork, {@code drift.jsonl} the readings of the ruler, {@code environment.json} what the run began on,
 * {@code environments} what it went on under, {@code pieces/NNN.abc} the piece that a cell wrote, and {@code logs/NNN.log} what
 * its forks printed.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {

    public static final String JOURNAL = "journal.jsonl";
    public static final String FORKS = "forks.jsonl";
    public static final String ENVIRONMENT = "environment.json";
    public static final String LOGS = "logs";
    /** The text that a cell wrote, where it wrote one. */
    public static final String PIECES = "pieces";
    /** Environments under which a run was resumed. */
    public static final String LATER = "environments";
    /** Of older runs: JMH's result of each cell, which {@link JmhResults} makes anew now. */
    public static final String CELLS = "cells";
    /** Of a merge: a folder for each run that was merged, with its environment and its other files. */
    public static final String SOURCES = "sources";

    private static final String DRIFT = "drift.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ROOM = 1 << 20;

    /** Whether a run has begun here. */
    public boolean isUsed() {
        return Files.isRegularFile(path.resolve(JOURNAL));
    }

    public void create() throws IOException {
        Files.createDirectories(path.resolve(LOGS));
    }

    /** What a fork of a cell printed, or of all where it is measured in one. */
    public Path log(int number, int round) {
        return path.resolve(LOGS).resolve(String.format(Locale.ROOT, round == 1 ? "%03d.log" : "%03d-%d.log", number, round));
    }

    /**
     * The piece that a cell wrote, in ABC notation; empty where it wrote none.
     *
     * @throws Fault (failed) if it is there and cannot be read
     */
    public Optional<String> piece(int number) {
        Path file = pieceFile(number);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private Path pieceFile(int number) {
        return path.resolve(PIECES).resolve(String.format(Locale.ROOT, "%03d.abc", number));
    }

    /** A folder for temporary files of the processes of a cell. */
    public Path temporary() {
        return path.resolve("tmp");
    }

    /** Starts a journal of rows that holds {@code kept}. */
    public Journal<CellRow> startJournal(List<CellRow> kept) throws IOException {
        return Journal.start(path.resolve(JOURNAL), kept);
    }

    /** Starts a journal of forks that holds {@code kept}. */
    public Journal<ForkLine> startForks(List<ForkLine> kept) throws IOException {
        return Journal.start(path.resolve(FORKS), kept);
    }

    /** Starts a journal of the ruler that holds {@code kept}. */
    public Journal<RulerReading> startDrift(List<RulerReading> kept) throws IOException {
        return Journal.start(path.resolve(DRIFT), kept);
    }

    /**
     * The cells that ended so far.
     *
     * @throws Fault if there is no readable run in this folder
     */
    public List<CellRow> rows() {
        return rowLines().stream().map(Journal.Line::value).toList();
    }

    /** The same rows, each with the whole JSON object of its line. */
    public List<Journal.Line<CellRow>> rowLines() {
        requireRun();
        return lines(JOURNAL, CellRow.class);
    }

    /** The forks that began or ended, in this order; none where the folder does not keep them. */
    public List<ForkLine> forks() {
        return lines(FORKS, ForkLine.class).stream().map(Journal.Line::value).toList();
    }

    /**
     * What the ruler found so far, oldest first.
     *
     * @throws Fault if there is something else in its file
     */
    public List<RulerReading> rulerReadings() {
        return lines(DRIFT, RulerReading.class).stream().map(Journal.Line::value).toList();
    }

    private <T> List<Journal.Line<T>> lines(String name, Class<T> type) {
        Path file = path.resolve(name);
        try {
            return Files.exists(file) ? Journal.read(file, type) : List.of();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @throws Fault (usage) if there is no run to be read here, with the reason */
    public void requireRun() {
        if (!isUsed()) {
            throw Fault.usage(absence());
        }
    }

    private String absence() {
        if (Files.notExists(path)) {
            return path + " is not there: name a folder that sweep or merge wrote.";
        }
        if (Files.isRegularFile(path)) {
            return path + " is a file: name a folder that sweep or merge wrote.";
        }
        return Files.isDirectory(path) && Files.isExecutable(path)
                ? path + " holds no run: it has no " + JOURNAL + ". Make one with: java -jar benchmarks.jar sweep -o " + path + "."
                : path + " may not be read by you: ask its owner to open it (chmod -R a+rX " + path + ").";
    }

    /** What the run began on; empty where it was not written. */
    public Optional<Environment> environment() {
        Path file = path.resolve(ENVIRONMENT);
        return Files.isRegularFile(file) ? Optional.of(new Environment(read(file))) : Optional.empty();
    }

    /** What it went on under where that was something else, by the moment from which on it held: {@link ForkRun#since}. */
    public Map<String, Environment> laterEnvironments() {
        Map<String, Environment> later = new TreeMap<>();
        Path folder = path.resolve(LATER);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".json")).map(file -> new Environment(read(file)))
                        .forEach(environment -> later.put(environment.started(), environment));
            } catch (IOException e) {
                throw unreadable(folder, e);
            }
        }
        return later;
    }

    /** Whether it is known what a cell gave: a row of an older run may have lost its file. */
    public boolean isMeasured(CellRow row) {
        return row.outcome() == Outcome.OK && (row.measured() != null || Files.isReadable(cell(row.number())));
    }

    /**
     * What a cell that is OK gave.
     *
     * @throws Fault (failed) if that is not in the row, as in the oldest runs, and the file that has it cannot be read
     */
    public Measured measured(CellRow row) {
        return row.measured() != null ? row.measured() : Measured.of(cellResult(row.number()));
    }

    /** JMH's result of a cell in the folder of an older run. */
    public Path cell(int number) {
        return path.resolve(CELLS).resolve(String.format(Locale.ROOT, "%03d.json", number));
    }

    JsonNode cellResult(int number) {
        JsonNode array = read(cell(number));
        if (array.size() != 1) {
            throw Fault.failed(cell(number) + " is not the result of one cell: it holds " + array.size() + " results.");
        }
        return array.get(0);
    }

    /** Whether there is no room for another result: a failure is then not that of a benchmark. */
    public boolean isFull() throws IOException {
        return Files.getFileStore(path).getUsableSpace() < ROOM;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw Fault.failed(file + " is not JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Fault unreadable(Path file, IOException e) {
        return Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
    }

    /** Stores the environment in which a run begins. */
    public void writeEnvironment(JsonNode environment) throws IOException {
        write(path.resolve(ENVIRONMENT), environment);
    }

    /** Stores an environment in which a run is resumed. */
    public void writeLaterEnvironment(JsonNode environment) throws IOException {
        Path folder = Files.createDirectories(path.resolve(LATER));
        write(folder.resolve(environment.path("started").asText().replace(":", "") + ".json"), environment);
    }

    /** Stores the piece that a cell wrote. All its forks write the same piece. */
    public void writePiece(int number, String abc) throws IOException {
        Files.createDirectories(path.resolve(PIECES));
        ReplacedFile.write(pieceFile(number), abc.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, JsonNode content) throws IOException {
        ReplacedFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }
}
