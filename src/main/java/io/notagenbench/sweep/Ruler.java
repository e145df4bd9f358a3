package io.notagenbench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.Journal;
import io.notagenbench.results.Measured;
import io.notagenbench.results.RulerReading;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Measures the same small work again and again during a sweep. If its time changes, the machine has changed. */
final class Ruler implements AutoCloseable {

    /** Within a round, a machine is assumed not to change for this long. */
    private static final Duration WITHIN_A_ROUND = Duration.ofMinutes(10);
    /** A round that is shorter needs no reading of its own: one takes seconds. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(1);
    private static final int TIMEOUT_SECONDS = 120;
    private static final List<String> ARGUMENTS = List.of("\\.RulerBenchmark\\.");

    private final RunFolder folder;
    private final CellProcess processes;
    private final JmhLock lock;
    private final boolean used;
    private final Journal<RulerReading> journal;
    private final List<RulerReading> taken;
    private Instant last = Instant.EPOCH;
    private int lastForks = -1;

    private Ruler(RunFolder folder, CellProcess processes, JmhLock lock, boolean used) throws IOException {
        this.folder = folder;
        this.processes = processes;
        this.lock = lock;
        this.used = used;
        taken = new ArrayList<>(folder.rulerReadings());
        journal = folder.startDrift(taken);
    }

    /**
     * Goes on with the drift of a folder, where there is one.
     *
     * @param used whether it measures at all
     */
    static Ruler open(RunFolder folder, CellProcess processes, JmhLock lock, boolean used) throws IOException {
        return new Ruler(folder, processes, lock, used);
    }

    /** Measures within a round if the last reading is some minutes old. */
    void measureWithinARound(int forks) throws IOException, InterruptedException {
        measureIfOlder(WITHIN_A_ROUND, forks);
    }

    /** Measures between two rounds if the last reading is not from just before. */
    void measureBetweenRounds(int forks) throws IOException, InterruptedException {
        measureIfOlder(BETWEEN_ROUNDS, forks);
    }

    private void measureIfOlder(Duration age, int forks) throws IOException, InterruptedException {
        if (Duration.between(last, Instant.now()).compareTo(age) >= 0) {
            measure(forks);
        }
    }

    /**
     * Measures, unless nothing has run since the last time.
     *
     * @param forks of the sweep that have ended
     */
    void measure(int forks) throws IOException, InterruptedException {
        if (!used || forks == lastForks) {
            return;
        }
        try (JmhLock.Turn turn = lock.await()) {
            measureNow(forks);
        }
    }

    private void measureNow(int forks) throws IOException, InterruptedException {
        Instant started = Instant.now();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        CellProcess.Finished finished = processes.run(ARGUMENTS, folder.path().resolve(RunFolder.LOGS).resolve("ruler.log"),
                TIMEOUT_SECONDS);
        ForkEnd end = finished.end();
        Map<String, Measured> readings = new LinkedHashMap<>();
        try {
            for (JsonNode result : finished.results()) {
                String name = result.path("benchmark").asText();
                readings.put(name.substring(name.lastIndexOf('.') + 1), Measured.of(result));
            }
        } catch (IllegalArgumentException e) {
            end = new ForkEnd(Outcome.ERROR, "JMH's result is of no use: " + e.getMessage() + ".");
            readings.clear();
        }
        RulerReading reading = new RulerReading(started.truncatedTo(ChronoUnit.SECONDS).toString(), forks, end.outcome(),
                end.reason(), load, readings);
        journal.append(reading);
        taken.add(reading);
        last = Instant.now();
        lastForks = forks;
    }

    /** How far the machine drifted, in one sentence; empty if there are fewer than two readings. */
    String words() {
        Map<String, List<Double>> means = new TreeMap<>();
        taken.forEach(reading -> reading.readings().forEach((name, measured) ->
                means.computeIfAbsent(name, key -> new ArrayList<>()).add(measured.estimate().mean())));
        return means.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
                .map(entry -> String.format(Locale.ROOT, "%s %.1f %%", entry.getKey(), spread(entry.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** The ratio of the slowest reading to the fastest. */
    private static double spread(List<Double> means) {
        double least = means.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = means.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return 100 * (most / least - 1);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
