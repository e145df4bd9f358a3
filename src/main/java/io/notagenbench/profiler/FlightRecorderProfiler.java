package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.JavaFlightRecorderProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.TextResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Java Flight Recorder in the fork itself: JMH's own profiler runs {@code jcmd}, which a JRE does not have, and names a
 * file that is not there where {@code jcmd} fails. {@code -prof jfr} means this class; its options are those of JMH's,
 * and files go where those of {@code async} go.
 */
public final class FlightRecorderProfiler extends DelegatingProfiler implements InternalProfiler, CheckedProfiler {

    private static final String MODULE = "jdk.jfr";
    private static final String POST_PROCESSOR = "postProcessor";

    /** Reads the options, and knows the flags of the fork. */
    private final JavaFlightRecorderProfiler options;
    private final OptionLine line;
    private final Path folder;
    private Recording recording;
    private int iterations;

    /**
     * @param options JMH's options of {@code jfr}, separated by semicolons
     * @throws ProfilerException if an option is wrong, or this Java has no Flight Recorder
     */
    public FlightRecorderProfiler(String options) throws ProfilerException {
        this.options = new JavaFlightRecorderProfiler(options);
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            Fault absent = Fault.failed("-prof jfr needs Java's module " + MODULE + ", which " + System.getProperty("java.home")
                    + " does not have: install a whole JDK (Debian: sudo apt-get install openjdk-17-jdk-headless), or profile"
                    + " with -prof async.");
            throw new ProfilerException(absent.getMessage(), absent);
        }
        line = new OptionLine(options);
        folder = Path.of(line.value(ProfileFolder.OPTION).orElse(ProfileFolder.DEFAULT));
    }

    @Override
    public void check() {
        if (!FlightRecorder.isAvailable()) {
            throw Fault.failed("-prof jfr does not run here: this Java was started with flags that turn Flight Recorder off.");
        }
        configuration();
        ProfileFolder.requireWritable("jfr", folder);
    }

    private Configuration configuration() {
        String name = line.value("configName").orElse("profile");
        try {
            return Files.isRegularFile(Path.of(name)) ? Configuration.create(Path.of(name)) : Configuration.getConfiguration(name);
        } catch (IOException | ParseException e) {
            throw Fault.usage("-prof jfr:configName=" + name + " is not a configuration of Flight Recorder: choose "
                    + Configuration.getConfigurations().stream().map(Configuration::getName).collect(Collectors.joining(" or "))
                    + ", or give the path of a .jfc file.", e);
        }
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT && recording == null) {
            recording = new Recording(configuration());
            recording.start();
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public Collection<? extends Result> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        if (iteration.getType() != IterationType.MEASUREMENT || ++iterations < iteration.getCount()) {
            return List.of();
        }
        List<File> files = new ArrayList<>();
        try (Recording ended = recording) {
            ended.stop();
            Path file = folder.resolve(ProfileFolder.shorten(benchmark).id()).resolve("profile.jfr");
            Files.createDirectories(file.getParent());
            ended.dump(file);
            files.add(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.value(POST_PROCESSOR).ifPresent(name -> files.addAll(postProcessor(name).postProcess(benchmark, files.get(0))));
        return List.of(new TextResult("JFR profiler results:\n"
                + files.stream().map(file -> "  " + file.getPath() + "\n").collect(Collectors.joining()), "jfr"));
    }

    private static JavaFlightRecorderProfiler.PostProcessor postProcessor(String name) {
        try {
            return (JavaFlightRecorderProfiler.PostProcessor) Thread.currentThread().getContextClassLoader().loadClass(name)
                    .getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The options were read with it", e);
        }
    }

    @Override
    ExternalProfiler delegate() {
        return options;
    }
}
