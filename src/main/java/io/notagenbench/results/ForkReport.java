package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a fork tells the sweep that started it, in a file whose path is a system property of the fork and of JMH's process around
 * it. Log lines are for people: no program reads them. {@link ForkReporter} writes it.
 *
 * @param device    the card that it runs on, and the memory that was taken there; null on a CPU
 * @param peakBytes the most main memory that the process of the fork had, null where the kernel does not say
 * @param failure   what the benchmark threw first; null where it threw nothing
 * @param host      what JMH's process knows of a fork that did not end well; null where there is nothing
 * @param running seconds from the first line of the benchmark's setup to its end; null where it did not end
 * @param abc       the newest piece that it wrote, in ABC notation with its rests; null where it wrote none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ForkReport(String device, Long peakBytes, Failure failure, Host host, Double running, String abc) {

    /** Of a process that reported nothing. */
    public static final ForkReport NONE = new ForkReport(null, null, null, null, null, null);

    /** System property: the file. */
    static final String FILE = "notagenbench.forkReport";

    private static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int LONGEST = 300;

    /**
     * What a benchmark threw.
     *
     * @param outcome that the suite gave it; null where the text of an engine or of the JVM has to decide
     * @param reason  in one sentence
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(Outcome outcome, String reason) {

        /** The failure that an exception describes. */
        public static Failure of(Throwable thrown) {
            return thrown instanceof Fault fault ? new Failure(fault.outcome().orElse(null), sentence(fault.getMessage()))
                    : new Failure(null, sentence(thrown.toString()));
        }

        /** The message of an exception in one line: all of its first line, and the others up to a length. */
        public static String sentence(String text) {
            List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            int longest = Math.max(LONGEST, lines.isEmpty() ? 0 : lines.get(0).length());
            String message = lines.stream().collect(Collectors.joining(" "));
            return message.length() > longest ? message.substring(0, longest) + "..." : message;
        }
    }

    /**
     * What only JMH's process knows.
     *
     * @param exitCode of the fork where it was not 0; null where it was, or there was no fork
     * @param outcome  TIMEOUT where JMH interrupted the benchmark, or that of a fault of its process; else null
     * @param reason   in one sentence
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Host(Integer exitCode, Outcome outcome, String reason) {
    }

    /** The flags with which a JVM and its forks report to a file, JMH's executor among them: it sees what a benchmark throws. */
    public static List<String> flags(Path file) {
        return List.of("-D" + FILE + "=" + file.toAbsolutePath(), "-Djmh.executor=CUSTOM",
                "-Djmh.executor.class=" + ReportingExecutor.class.getName());
    }

    /** Reads a report; {@link #NONE} where none was written. */
    public static ForkReport read(Path file) throws IOException {
        return Files.exists(file) ? JSON.readValue(file.toFile(), ForkReport.class) : NONE;
    }

    /** Replaces the file at once, so that a process that is killed leaves a whole one. */
    void write(Path file) throws IOException {
        ReplacedFile.write(file, JSON.writeValueAsBytes(this));
    }

    ForkReport withDevice(String place) {
        return new ForkReport(place, peakBytes, failure, host, running, abc);
    }

    ForkReport withPeak(Long bytes) {
        return new ForkReport(device, bytes, failure, host, running, abc);
    }

    ForkReport withFailure(Failure first) {
        return new ForkReport(device, peakBytes, failure == null ? first : failure, host, running, abc);
    }

    ForkReport withHost(Host words) {
        return new ForkReport(device, peakBytes, failure, host == null ? words : host, running, abc);
    }

    ForkReport withRunning(double seconds) {
        return new ForkReport(device, peakBytes, failure, host, seconds, abc);
    }

    ForkReport withAbc(String text) {
        return new ForkReport(device, peakBytes, failure, host, running, text);
    }
}
