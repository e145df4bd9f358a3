package io.notagenbench.cli;

import io.notagenbench.device.HostFacts;
import io.notagenbench.device.ResidentMemory;
import io.notagenbench.device.ScratchFolder;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.profiler.ProfilerCheck;
import io.notagenbench.profiler.ProfilerNames;
import io.notagenbench.profiler.RssProfiler;
import io.notagenbench.report.ReportFiles;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.RunFolder;
import io.notagenbench.sweep.Catalog;
import io.notagenbench.sweep.CellCheck;
import io.notagenbench.sweep.CellProcess;
import io.notagenbench.sweep.ClassArchive;
import io.notagenbench.sweep.InheritedFlags;
import io.notagenbench.sweep.JmhLock;
import io.notagenbench.sweep.Job;
import io.notagenbench.sweep.PastRuns;
import io.notagenbench.sweep.Plan;
import io.notagenbench.sweep.PresentEnvironment;
import io.notagenbench.sweep.Selection;
import io.notagenbench.sweep.Shard;
import io.notagenbench.sweep.Span;
import io.notagenbench.sweep.SuiteCommit;
import io.notagenbench.sweep.Sweep;
import io.notagenbench.sweep.SweepStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures many cells, each fork in a JMH process of its own. */
@Command(name = "sweep", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Measures a plan of benchmarks, by default quick. Each fork is a process, and each result is"
            + " saved at once.",
            "-p replaces the plan's values of every benchmark that has the parameter; JMH's options replace the"
            + " plan's."})
final class SweepCommand implements Callable<Integer> {

    private static final String MAIN = "io.notagenbench.Main";

    @Mixin
    private SelectionOptions chosen;

    @Option(names = "-o", paramLabel = "FOLDER", description = "Folder for the results of the run.")
    private Path folder;

    @Option(names = "--dry-run",
            description = "Lists the cells with predicted memory and time, and why some cannot run. Measures nothing.")
    private boolean dryRun;

    @Option(names = "--resume", description = "Continues the run in FOLDER: measures the cells that are not finished.")
    private boolean resume;

    @Option(names = "--retry", paramLabel = "OUTCOME", split = ",",
            description = "As --resume, and measures the cells with these outcomes again: TIMEOUT,OOM_HOST.")
    private List<String> retry;

    @Option(names = "--shard", paramLabel = "i/n",
            description = "Measures part i of n, into a subfolder of FOLDER.")
    private String shard;

    @Option(names = "--timeout", paramLabel = "SECONDS",
            description = "Time limit of one fork; default " + Plan.DEFAULT_TIMEOUT_SECONDS + ", or"
            + " what the plan says; each of its pieces also has -p timeLimit.")
    private Integer timeout;

    @Option(names = "--budget", paramLabel = "TIME", description = "Time that all forks may take, as in 90s, 5min or 2h: after one round"
            + " over all cells the rest goes to those that decide the answer.")
    private String budget;

    @Option(names = "--order-seed", paramLabel = "N",
            description = "Seed of the random order in each round; by default a new one. The run records it.")
    private Long orderSeed;

    @Option(names = "--no-ruler", description = "Does not measure the drift of the machine.")
    private boolean noRuler;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.forBenchmarks(true);

    @Mixin
    private JmhOptions jmh;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SweepStart start = retry != null ? SweepStart.retrying(retry) : resume ? SweepStart.RESUMED : SweepStart.FRESH;
        Map<String, List<String>> given = parameters.ranges();
        Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard);
        Selection selection = chosen.selection();
        List<Cell> cells = selection.cells(Catalog.ofClassPath(), given, jmh.given());
        Job job = new Job(cells.size(), part, part.of(cells), timeoutSeconds(selection), !noRuler && selection.ruler(),
                budget == null ? selection.budget() : Optional.of(Span.budget(budget)), orderSeed == null ? System.nanoTime() & Integer.MAX_VALUE : orderSeed);
        JmhLock lock = JmhLock.ofJmh(spec.commandLine().getErr()::println);
        CellCheck check = new CellCheck();
        SweepOutline outline = new SweepOutline(job.cells().values(), check, past());
        PromptWarnings.tell(cells.stream().map(cell -> cell.params().get(Parameter.PROMPT.label())).filter(Objects::nonNull)
                .toList(), spec.commandLine().getErr());
        outline.timeLimitNote(job.timeoutSeconds()).ifPresent(spec.commandLine().getErr()::println);
        if (dryRun) {
            outline.list(spec.commandLine().getOut());
            spec.commandLine().getOut().println(outline.summary());
            lock.requireUsable();
            return 0;
        }
        lock.requireUsable();
        if (folder == null) {
            throw Fault.usage("A run needs a folder for its results: sweep -o FOLDER.");
        }
        OutputFolder.check("-o", job.shard().folder(folder));
        ScratchFolder.require();
        RequiredDevices.check(given);
        cells.stream().map(Cell::profilers).distinct()
                .forEach(names -> ProfilerCheck.check(names.stream().map(ProfilerNames::config).toList()));
        spec.commandLine().getErr().println(outline.summary());
        SuiteCommit.note().ifPresent(spec.commandLine().getErr()::println);
        InheritedFlags.kept().ifPresent(spec.commandLine().getErr()::println);
        return run(job, PresentEnvironment.collect(SuiteVersion.suite(), selection.name(), given, cells), check, start);
    }

    private int run(Job job, PresentEnvironment environment, CellCheck check, SweepStart start) {
        Path home = job.shard().folder(folder);
        Sweep sweep = new Sweep(job, new RunFolder(home), processes(home, job.cells().values()),
                spec.commandLine().getErr());
        List<CellRow> rows = sweep.run(environment, check::refusal, start);
        spec.commandLine().getErr().println("Rows and logs are in " + home + ". java -jar benchmarks.jar report " + home
                + " shows them and writes " + home.resolve(ReportFiles.PAGE).toAbsolutePath()
                + (job.shard().equals(Shard.WHOLE) ? "." : "; merge puts the parts of the plan together."));
        return rows.stream().allMatch(CellRow::isFine) ? 0 : Fault.FAILED;
    }

    private int timeoutSeconds(Selection selection) {
        if (timeout != null && timeout <= 0) {
            throw Fault.usage("--timeout " + timeout + " is not possible: give seconds above 0.");
        }
        return timeout != null ? timeout : selection.timeoutSeconds();
    }

    /** Runs beside this one, or where run-all.sh puts them. */
    private PastRuns past() {
        Path beside = folder == null ? null : folder.toAbsolutePath().getParent();
        return PastRuns.below(beside == null ? Path.of("jmh-results") : beside, HostFacts.collect().cpu());
    }

    /** Forks record their main memory, which costs nothing where the kernel keeps the peak. */
    private CellProcess processes(Path home, Collection<Cell> cells) {
        List<String> common = List.of();
        if (ResidentMemory.ofThisProcess().isEmpty()) {
            spec.commandLine().getErr().println("Main memory will not be measured: " + RssProfiler.ABSENT);
        } else if (cells.stream().flatMap(cell -> cell.profilers().stream())
                .noneMatch(name -> name.equals("rss") || name.startsWith("rss:"))) {
            common = List.of("-prof", "rss");
        }
        return new CellProcess(CellProcess.launcher(ForkHost.class.getName(), home, archive(home).flags()), common, home);
    }

    /** Not while another run measures: making one takes the processor. */
    private ClassArchive archive(Path home) {
        ClassArchive archive = ClassArchive.ofThisProcess();
        if (archive.reason().isEmpty() && !archive.isThere()) {
            try (JmhLock.Turn turn = JmhLock.ofJmh(spec.commandLine().getErr()::println).await()) {
                Files.createDirectories(new RunFolder(home).temporary());
                archive = archive.made(CellProcess.launcher(MAIN, home, List.of()));
            } catch (IOException e) {
                throw Fault.failed("Nothing can be written to " + home + ": " + Fault.reason(e) + ".", e);
            } catch (InterruptedException e) {
                throw Fault.failed("The run was interrupted.", e);
            }
        }
        archive.reason().ifPresent(reason -> spec.commandLine().getErr().println("JVMs start more slowly than they could, without an"
                + " archive of classes: " + reason + "."));
        return archive;
    }
}
