package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.profile.ProfilerFactory;
import org.openjdk.jmh.runner.options.ProfilerConfig;

/** Creates every requested profiler before anything is measured, to report errors early. */
public final class ProfilerCheck {

    private static final String HELP = "help";
    private static final Pattern NO_PROGRAM = Pattern.compile("Cannot run program \"([^\"]+)\"");

    private ProfilerCheck() {
    }

    /**
     * What the profilers tell of their options, where they were asked to: JMH's do so by failing.
     *
     * @param configs as JMH gets them
     */
    public static Optional<String> help(Collection<ProfilerConfig> configs) {
        for (ProfilerConfig config : configs) {
            if (config.getOpts().equals(HELP)) {
                try {
                    ProfilerFactory.getProfilerOrException(config);
                } catch (ProfilerException e) {
                    return Optional.of(e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** @throws Fault where one is not there, is given twice, does not take its options or cannot run here */
    public static void check(Collection<ProfilerConfig> configs) {
        Set<String> seen = new HashSet<>();
        for (ProfilerConfig config : configs) {
            if (!seen.add(config.getKlass())) {
                throw Fault.usage("-prof " + ProfilerNames.name(config) + " is given twice: JMH takes each once; -prof"
                        + " \"async:output=jfr;event=cpu;alloc;lock\" records several events together.");
            }
            Profiler profiler = made(config);
            if (!config.getOpts().isEmpty() && Arrays.stream(profiler.getClass().getConstructors())
                    .map(Constructor::getParameterTypes).noneMatch(types -> Arrays.equals(types, new Class<?>[] {String.class}))) {
                throw Fault.usage("-prof " + ProfilerNames.name(config) + " has no options: leave out " + config.getOpts() + ".");
            }
            if (profiler instanceof CheckedProfiler checked) {
                checked.check();
            }
        }
    }

    private static Profiler made(ProfilerConfig config) {
        try {
            return ProfilerFactory.getProfilerOrException(config);
        } catch (ProfilerException e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof Fault)) {
                cause = cause.getCause();
            }
            throw cause instanceof Fault fault ? fault : fault(ProfilerNames.name(config), cause, e);
        }
    }

    /** Returns the reason from the first line of a message; JMH appends all options of the profiler. */
    private static Fault fault(String name, Throwable cause, ProfilerException exception) {
        if (cause instanceof ClassNotFoundException) {
            return Fault.usage("Unknown profiler " + cause.getMessage()
                    + ": java -jar benchmarks.jar -lprof lists them.",
                    exception);
        }
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason is given")
                .replaceFirst("^\\[", "").replaceFirst("[.\\]]+$", "");
        Matcher program = NO_PROGRAM.matcher(reason);
        if (program.find()) {
            return Fault.failed("-prof " + name + " needs the program " + program.group(1) + ", which cannot be run here: install"
                    + " it, or profile with -prof async.", exception);
        }
        return Fault.usage("-prof " + name + " cannot be used: " + reason + ". Its options: -prof " + name + ":help; all profilers:"
                + " -lprof.", exception);
    }
}
