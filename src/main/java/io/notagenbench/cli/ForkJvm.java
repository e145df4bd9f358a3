package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.sweep.JvmOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JVM that forks run on, where a person chose it or its flags. It is started once before anything is measured: JMH
 * prints a stack trace for one that is not there, and a failed cell for every cell where it does not take a flag.
 */
final class ForkJvm {

    private static final int OLDEST = 17;
    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern FEATURE = Pattern.compile("^\\s*java\\.specification\\.version = (?:1\\.)?(\\d+)\\s*$");

    /** Flags that wait for a debugger, take a port or write a file: only forks get them. */
    private static final List<String> WITH_EFFECTS = List.of("-agent", "-javaagent", "-Xrun", "-Xdebug", "-Xlog",
            "-XX:StartFlightRecording", "-XX:ArchiveClassesAtExit", "-XX:+LogVMOutput", "-XX:LogFile",
            "-Dcom.sun.management");

    private ForkJvm() {
    }

    /** @throws Fault (usage) if it cannot be started with these flags, or is older than the suite needs */
    static void check(SuiteOptions options) {
        if (!options.choosesJvm()) {
            return;
        }
        String launcher = options.getJvm().orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> lines = start(launcher, flags(options));
        int feature = lines.stream().map(FEATURE::matcher).filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1))).findFirst().orElseThrow(() -> Fault.usage(
                        "-jvm " + launcher + " is not a Java launcher: " + advice()));
        if (feature < OLDEST) {
            throw Fault.usage("-jvm " + launcher + " is Java " + feature + ": " + advice());
        }
    }

    private static List<String> flags(SuiteOptions options) {
        List<String> flags = new ArrayList<>(options.getJvmArgsPrepend().orElse(List.of()));
        flags.addAll(options.getJvmArgs().orElse(List.of()));
        flags.addAll(options.getJvmArgsAppend().orElse(List.of()));
        flags.removeIf(flag -> WITH_EFFECTS.stream().anyMatch(flag::startsWith));
        return flags;
    }

    private static String advice() {
        return "name the launcher of a JDK of version " + OLDEST + " or newer, such as -jvm "
                + Path.of(System.getProperty("java.home"), "bin", "java") + ".";
    }

    /** Starts the JVM and returns what it prints about itself. */
    private static List<String> start(String launcher, List<String> flags) {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(flags);
        command.addAll(List.of("-XshowSettings:properties", "-version"));
        try {
            Path output = Files.createTempFile("fork", ".txt");
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                process.destroyForcibly();
                List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList();
                if (!ended || process.exitValue() != 0) {
                    throw Fault.usage("The JVM of the forks does not start with the flags given: "
                            + JvmOutput.cause(lines).orElse("it prints no reason") + ".");
                }
                return lines;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw Fault.usage("-jvm " + launcher + " cannot be started: " + e.getMessage().replaceFirst(".*error=\\d+, ", "")
                    + "; " + advice(), e);
        } catch (InterruptedException e) {
            throw Fault.failed("The run was interrupted.", e);
        }
    }
}
