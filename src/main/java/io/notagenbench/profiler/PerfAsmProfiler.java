package io.notagenbench.profiler;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.LinuxPerfAsmProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * JMH's {@code perfasm} with file names that every file system takes, under {@code profiles/} unless its options say
 * where. {@code -prof perfasm} means this class.
 */
public final class PerfAsmProfiler extends LinuxPerfAsmProfiler implements CheckedProfiler {

    private static final String[] SAVED = {"savePerf", "savePerfBin", "saveLog"};

    private final OptionLine line;

    /**
     * @param options JMH's options of {@code perfasm}, separated by semicolons
     * @throws ProfilerException if an option is wrong, or {@code perf} does not run here
     */
    public PerfAsmProfiler(String options) throws ProfilerException {
        super(complete(options).text());
        line = complete(options);
    }

    /** The options with the folders of what is to be saved. */
    static OptionLine complete(String options) {
        OptionLine line = new OptionLine(options);
        for (String saved : SAVED) {
            line = isSaved(line, saved) ? line.orElse(saved + "To", ProfileFolder.DEFAULT) : line;
        }
        return line;
    }

    private static boolean isSaved(OptionLine line, String what) {
        return line.value(what).map(Boolean::parseBoolean).orElse(false) && !line.gives(what + "ToFile");
    }

    private Stream<Path> folders() {
        return Stream.of(SAVED).filter(saved -> isSaved(line, saved)).map(saved -> Path.of(line.value(saved + "To").orElseThrow()))
                .distinct();
    }

    @Override
    public void check() {
        folders().forEach(folder -> ProfileFolder.requireWritable("perfasm", folder));
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public Collection<? extends Result> afterTrial(BenchmarkResult result, long pid, File stdOut, File stdErr) {
        try {
            for (Path folder : folders().toList()) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return super.afterTrial(ProfileFolder.shorten(result), pid, stdOut, stdErr);
    }
}
