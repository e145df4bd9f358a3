package io.notagenbench.cli;

import io.notagenbench.device.ScratchFolder;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.profiler.BundledAsyncProfiler;
import io.notagenbench.profiler.ProfilerCheck;
import io.notagenbench.profiler.ProfilerNames;
import io.notagenbench.results.ForkReporter;
import io.notagenbench.sweep.InheritedFlags;
import io.notagenbench.sweep.JmhLock;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.util.Optional;
import org.openjdk.jmh.util.UnCloseablePrintStream;
import picocli.CommandLine;

/**
 * JMH's own command line. Beyond JMH's {@code Main} it checks parameters before the first fork, gives forks the flags
 * that they need, brings async-profiler along, and ends with 1 where a cell has failed.
 */
final class JmhCommand {

    /** Last lines of a fork that JMH repeats: enough to show the cause above the frames of a stack trace. */
    private static final String TAIL_LINES = "jmh.tailLines";
    private static final String ENOUGH_LINES = "100";

    /**
     * @return the exit code
     * @throws Fault for whatever a person can fix
     */
    int run(String... args) {
        String[] words = args.length > 0 && args[0].equals("--help") ? new String[] {"-h"} : args;
        Map<String, List<String>> given = JmhArguments.of(words).parameters();
        SuiteOptions options = parse(words);
        try {
            if (options.shouldHelp()) {
                help(options);
                return 0;
            }
            if (options.shouldListProfilers()) {
                listProfilers(options);
                return 0;
            }
            if (options.shouldListResultFormats()) {
                options.listResultFormats();
                return 0;
            }
            return listOrMeasure(options, given);
        } catch (IOException e) {
            throw Fault.failed("Cannot write to the terminal: " + e.getMessage() + ".", e);
        }
    }

    private static SuiteOptions parse(String... args) {
        try {
            return new SuiteOptions(args);
        } catch (CommandLineOptionException e) {
            throw Fault.usage(e.getMessage().strip() + ". Help: java -jar benchmarks.jar -h.", e);
        }
    }

    private static int listOrMeasure(SuiteOptions options, Map<String, List<String>> given) throws IOException {
        ChosenBenchmarks chosen = ChosenBenchmarks.of(options);
        if (!ParentWatch.isAsked()) {
            // a sweep has checked its cells
            chosen.check(given);
        }
        if (options.shouldList()) {
            new Runner(options).list();
            return 0;
        }
        if (options.shouldListWithParams()) {
            new Runner(options).listWithParams(options);
            return 0;
        }
        chosen.requireOneThread(options);
        ScratchFolder.require();
        checkFile("-rff", options.getResult());
        checkFile("-o", options.getOutput());
        java.util.Optional<String> help = ProfilerCheck.help(options.getProfilers());
        if (help.isPresent()) {
            System.out.println(help.get());
            return 0;
        }
        ProfilerCheck.check(options.getProfilers());
        if (options.getForkCount().orElse(1) > 0) {
            checkFlags(System.getenv());
        }
        ForkJvm.check(options);
        RunOutline outline = RunOutline.of(chosen, options, given);
        if (options.getIncludes().isEmpty() || outline.isLong()) {
            System.err.println(outline.words());
        }
        PromptWarnings.tell(given.getOrDefault(Parameter.PROMPT.label(), List.of()), new PrintWriter(System.err, true));
        return measure(options);
    }

    /** Flags that forks should not get: this process can keep its own to itself, not those of its environment. */
    private static void checkFlags(Map<String, String> environment) {
        InheritedFlags.takenPort(environment).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
        InheritedFlags.besideTheBenchmark(environment).ifPresent(System.err::println);
        InheritedFlags.keptFromForks(environment).ifPresent(System.err::println);
    }

    private static int measure(SuiteOptions options) throws IOException {
        System.setProperty(TAIL_LINES, System.getProperty(TAIL_LINES, ENOUGH_LINES));
        boolean ignored = JmhLock.isIgnored();
        // The sweep that started the process of a cell holds the lock for it.
        try (JmhLock.Turn turn = ParentWatch.isAsked() ? null : JmhLock.ofJmh(System.err::println).await()) {
            JmhLock.leaveToCaller();
            return measure(options, new CellWatch(output(options), ignored));
        } catch (InterruptedException e) {
            throw Fault.failed("The wait for another JMH run was interrupted.", e);
        }
    }

    private static int measure(SuiteOptions options, CellWatch watch) {
        try {
            Collection<RunResult> results = new Runner(options, watch).run();
            return report(FailedCells.of(watch.causes(), results));
        } catch (RunnerException e) {
            report(FailedCells.of(watch.causes(), List.of()));
            throw Fault.failed(e.getMessage().replaceFirst("^ERROR: ", ""), e);
        }
    }

    private static int report(List<FailedCells.Failed> failed) {
        if (failed.isEmpty()) {
            return 0;
        }
        failed.forEach(cell -> ForkReporter.atHost(cell.words()));
        System.err.println(Count.of(failed.size(), "cell") + " of the run failed:");
        failed.forEach(cell -> System.err.println(cell.line()));
        return Fault.FAILED;
    }

    private static OutputFormat output(SuiteOptions options) throws IOException {
        PrintStream out = options.getOutput().hasValue()
                ? new PrintStream(options.getOutput().get(), StandardCharsets.UTF_8)
                : new UnCloseablePrintStream(System.out, ProcessText.charset());
        return OutputFormatFactory.createFormatInstance(out, options.verbosity().orElse(Defaults.VERBOSITY));
    }

    private static void checkFile(String option, Optional<String> file) {
        if (file.hasValue()) {
            OutputFile.check(option, Path.of(file.get()));
        }
    }

    private static void help(SuiteOptions options) throws IOException {
        System.out.println("Usage: java -jar benchmarks.jar [command | regexp*] [options]");
        System.out.println();
        System.out.println("Commands, each with its own --help:");
        CommandLine commands = SuiteCommands.commandLine();
        int width = commands.setUsageHelpAutoWidth(true).getUsageHelpWidth();
        System.out.println(HelpTable.commands(commands, width));
        System.out.println(ParameterOptions.forBenchmarks(false).help(width));
        System.out.println("Without a command this is JMH:");
        System.out.println();
        options.showHelp();
    }

    /** With the suite's async-profiler loaded, JMH finds its own {@code async} supported. */
    private static void listProfilers(SuiteOptions options) {
        try {
            new BundledAsyncProfiler("");
        } catch (ProfilerException e) {
            System.err.println(e.getMessage());
        }
        options.listProfilers();
        System.out.println("Of the suite:");
        ProfilerNames.ofTheSuite().forEach(line -> System.out.println("  " + line));
    }
}
