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
import io.notagenbench.sweep.CellProcess;
import io.notagenbench.sweep.Feasibility;
import io.notagenbench.sweep.InheritedFlags;
import io.notagenbench.sweep.JmhLock;
import io.notagenbench.sweep.Job;
import io.notagenbench.sweep.PastRuns;
import io.notagenbench.sweep.Plan;
import io.notagenbench.sweep.PresentEnvironment;
import io.notagenbench.sweep.Shard;
import io.notagenbench.sweep.SuiteCommit;
import io.notagenbench.sweep.Sweep;
import io.notagenbench.sweep.SweepStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures many cells, each fork in a JMH process of its own. */
@Command(name = "sweep", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Measures a plan of benchmarks, each cell in processes of its own, and loses nothing.",
            "-p takes lists and ranges here (0..29, 32..256x2) and stands in for the plan's values, wherever a benchmark has"
            + " the parameter; JMH's options stand in for the plan's."})
final class SweepCommand implements Callable<Integer> {

    private static final String MAIN = "io.notagenbench.Main";

    @Parameters(paramLabel = "PLAN | REGEXP", arity = "0..*", description = {
        "A plan: quick (default), full, article, backends, precision, window, concurrency, or a YAML file;"
        + " or regular expressions of benchmarks, as on JMH's command line."})
    private List<String> chosen = new ArrayList<>();

    @Option(names = "--plan", paramLabel = "PLAN", description = "The plan, as above.")
    private String plan;

    @Option(names = "-o", paramLabel = "FOLDER", description = "Folder of the run.")
    private Path folder;

    @Option(names = "--dry-run",
            description = "Lists the cells with memory and time, and why some cannot run; runs none.")
    private boolean dryRun;

    @Option(names = "--resume", description = "Goes on with the run in FOLDER: measures the cells that have not ended.")
    private boolean resume;

    @Option(names = "--retry", paramLabel = "OUTCOME", split = ",",
            description = "As --resume, and measures the cells with these outcomes again: TIMEOUT,OOM_HOST.")
    private List<String> retry;

    @Option(names = "--shard", paramLabel = "i/n",
            description = "Measures part i of n, in a folder of its own within FOLDER.")
    private String shard;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "The longest that one fork may take; default " + Plan.DEFAULT_TIMEOUT_SECONDS + ", or"
            + " what the plan says; each of its pieces also has -p timeLimit.")
    private Integer timeout;

    @Option(names = "--order-seed", paramLabel = "N",
            description = "Seed of the random order in each round; default a new one, which the run records.")
    private Long orderSeed;

    @Option(names = "--no-ruler", description = "Does not measure how the machine drifts.")
    private boolean noRuler;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.forBenchmarks();

    @Mixin
    private JmhOptions jmh;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SweepStart start = retry != null ? SweepStart.retrying(retry) : resume ? SweepStart.RESUMED : SweepStart.FRESH;
        Map<Parameter, List<String>> given = parameters.ranges();
        Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard);
        Plan named = namedPlan();
        List<Cell> cells = named == null ? Plan.cells(chosen, Catalog.ofClassPath(), given, jmh.given())
                : named.cells(Catalog.ofClassPath(), given, jmh.given());
        SweepCheck.requireUseOfPrompt(given.containsKey(Parameter.PROMPT), cells.stream().map(Cell::params).toList());
        Job job = new Job(cells.size(), part, part.of(cells), timeoutSeconds(named),
                !noRuler && (named == null || named.ruler()),
                orderSeed == null ? System.nanoTime() & Integer.MAX_VALUE : orderSeed);
        JmhLock lock = JmhLock.ofJmh(spec.commandLine().getErr()::println);
        Feasibility feasibility = new Feasibility();
        SweepOutline outline = new SweepOutline(job.cells().values(), feasibility, past());
        PromptWarnings.tell(cells.stream().map(cell -> cell.params().get(Parameter.PROMPT.label())).filter(Objects::nonNull)
                .toList(), spec.commandLine().getErr());
        outline.impatience(job.timeoutSeconds()).ifPresent(spec.commandLine().getErr()::println);
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
        String source = named == null ? String.join(" ", chosen) : named.name();
        spec.commandLine().getErr().println(outline.summary());
        SuiteCommit.note().ifPresent(spec.commandLine().getErr()::println);
        InheritedFlags.kept().ifPresent(spec.commandLine().getErr()::println);
        return run(job, PresentEnvironment.collect(SuiteVersion.suite(), source, given, cells), feasibility, start);
    }

    private int run(Job job, PresentEnvironment environment, Feasibility feasibility, SweepStart start) {
        Path home = job.shard().folder(folder);
        Sweep sweep = new Sweep(job, new RunFolder(home), new CellProcess(launcher(home, job.cells().values()), home),
                spec.commandLine().getErr());
        List<CellRow> rows = sweep.run(environment, feasibility::refusal, start);
        spec.commandLine().getErr().println("Rows and logs are in " + home + ". java -jar benchmarks.jar report " + home
                + " shows them and writes " + home.resolve(ReportFiles.PAGE).toAbsolutePath()
                + (job.shard().equals(Shard.WHOLE) ? "." : "; merge puts the parts of the plan together."));
        return rows.stream().allMatch(CellRow::isFine) ? 0 : Fault.FAILED;
    }

    /** Null where regular expressions choose the benchmarks. */
    private Plan namedPlan() {
        if (plan != null && chosen.isEmpty()) {
            return Plan.load(plan);
        }
        if (plan == null && chosen.size() <= 1 && chosen.stream().allMatch(Plan::isNamed)) {
            return Plan.load(chosen.isEmpty() ? "quick" : chosen.get(0));
        }
        if (plan != null || chosen.stream().anyMatch(Plan::isNamed)) {
            throw Fault.usage("A sweep has one plan, or regular expressions of benchmarks: choose one of "
                    + (plan == null ? "" : plan + " ") + String.join(" ", chosen) + ".");
        }
        return null;
    }

    private int timeoutSeconds(Plan named) {
        if (timeout != null && timeout <= 0) {
            throw Fault.usage("--timeout " + timeout + " is not possible: give seconds above 0.");
        }
        return timeout != null ? timeout : named == null ? Plan.DEFAULT_TIMEOUT_SECONDS : named.timeoutSeconds();
    }

    /** Runs beside this one, or where run-all.sh puts them. */
    private PastRuns past() {
        Path beside = folder == null ? null : folder.toAbsolutePath().getParent();
        return PastRuns.below(beside == null ? Path.of("jmh-results") : beside, HostFacts.collect().cpu());
    }

    /** Every fork tells its memory, which costs nothing where the kernel keeps the peak. */
    private List<String> launcher(Path home, Collection<Cell> cells) {
        List<String> launcher = new ArrayList<>(CellProcess.launcher(MAIN, home));
        if (ResidentMemory.ofThisProcess().isEmpty()) {
            spec.commandLine().getErr().println("Main memory will not be measured: " + RssProfiler.ABSENT);
        } else if (cells.stream().flatMap(cell -> cell.profilers().stream())
                .noneMatch(name -> name.equals("rss") || name.startsWith("rss:"))) {
            launcher.addAll(List.of("-prof", "rss"));
        }
        return launcher;
    }
}
