package io.notagenbench.cli;

import io.notagenbench.profiler.ProfilerNames;
import io.notagenbench.sweep.InheritedFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.ProfilerConfig;
import org.openjdk.jmh.util.Optional;

/** JMH's options with the flags that forks need in front of the person's, and the suite's names of profilers. */
final class SuiteOptions extends CommandLineOptions {

    private static final long serialVersionUID = 1L;

    SuiteOptions(String... args) throws CommandLineOptionException {
        super(args);
    }

    /** Whether forks run on another JVM than this one, or with other flags than its own. */
    boolean choosesJvm() {
        return getJvm().hasValue() || super.getJvmArgs().hasValue() || getJvmArgsAppend().hasValue()
                || super.getJvmArgsPrepend().hasValue();
    }

    @Override
    public List<ProfilerConfig> getProfilers() {
        return super.getProfilers().stream().map(config -> ProfilerNames.config(config.getKlass(), config.getOpts())).toList();
    }

    /** Flags of this process that are not for its forks are taken out of those that JMH would hand down. */
    @Override
    public Optional<Collection<String>> getJvmArgs() {
        Optional<Collection<String>> given = super.getJvmArgs();
        return given.hasValue() || InheritedFlags.areAllHandedDown() ? given : Optional.of(InheritedFlags.ofThisProcess());
    }

    @Override
    public Optional<Collection<String>> getJvmArgsPrepend() {
        int feature = getJvm().hasValue() ? ForkFlags.featureOf(Path.of(getJvm().get())) : Runtime.version().feature();
        List<String> flags = new ArrayList<>(ForkFlags.of(feature));
        flags.addAll(super.getJvmArgsPrepend().orElse(List.of()));
        return Optional.of(flags);
    }
}
