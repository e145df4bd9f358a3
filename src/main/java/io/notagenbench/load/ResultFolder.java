package io.notagenbench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.HdrHistogram.HistogramLogWriter;

/** Where a run is kept: {@value #RESULT}, and for each row a log of histograms that HdrHistogram's own tools read. */
public final class ResultFolder {

    /** The rows as JSON. */
    public static final String RESULT = "load.json";

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private final Path folder;

    public ResultFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes what is known so far in place of what was. */
    void write(LoadResult result) {
        try {
            Files.createDirectories(folder);
            Path next = folder.resolve(RESULT + ".next");
            Files.writeString(next, JSON.writeValueAsString(result) + "\n");
            Files.move(next, folder.resolve(RESULT), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Fault.failed(folder.resolve(RESULT) + " cannot be written: " + Fault.reason(e) + ".", e);
        }
    }

    /** @param name of the row */
    void write(String name, Times times) {
        try {
            Files.createDirectories(folder);
            try (PrintStream out = new PrintStream(folder.resolve(name + ".hlog").toFile(), StandardCharsets.UTF_8)) {
                HistogramLogWriter log = new HistogramLogWriter(out);
                log.outputComment("[nanoseconds]");
                log.outputLogFormatVersion();
                log.outputLegend();
                times.all().forEach(log::outputIntervalHistogram);
            }
        } catch (IOException e) {
            throw Fault.failed("The histograms cannot be written to " + folder + ": " + Fault.reason(e) + ".", e);
        }
    }
}
