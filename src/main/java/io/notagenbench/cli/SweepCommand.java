package io.notagenbench.cli;

import io.notagenbench.device.ResidentMemory;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.profiler.RssProfiler;
import io.notagenbench.sweep.Catalog;
import io.notagenbench.sweep.Cell;
import io.notagenbench.sweep.CellProcess;
import io.notagenbench.sweep.CellRow;
import io.notagenbench.sweep.Environment;
import io.notagenbench.sweep.Feasibility;
import io.notagenbench.sweep.Plan;
import io.notagenbench.sweep.RunFolder;
import io.notagenbench.sweep.Sweep;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the cells of a plan, each in a JMH process of its own. */
@Command(name = "sweep", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Measures a plan of benchmarks, each cell in a process of its own, and loses nothing.",
            "-p takes lists here and stands in for the plan's values, wherever a benchmark has the parameter."})
final class SweepCommand implements Callable<Integer> {

    private static final String MAIN = "io.notagenbench.Main";

    @Option(names = "--plan", paramLabel = "PLAN", defaultValue = "quick",
            description = "quick, full or a YAML file; default ${DEFAULT-VALUE}.")
    private String plan;

    @Option(names = "-o", paramLabel = "FOLDER", description = "Folder of the run.")
    private Path folder;

    @Option(names = "--dry-run", description = "Lists the cells, and why some cannot run; runs none.")
    private boolean dryRun;

    @Option(names = "--resume", description = "Goes on with the run in FOLDER; what is OK is not repeated.")
    private boolean resume;

    @Mixin
    private ParameterOptions parameters;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Plan chosen = Plan.load(plan);
        Map<Parameter, List<String>> given = parameters.lists();
        List<Cell> cells = chosen.cells(Catalog.ofClassPath(), given);
        Feasibility feasibility = new Feasibility();
        List<Optional<String>> refusals = cells.stream().map(feasibility::refusal).toList();
        if (dryRun) {
            list(cells, refusals);
            return 0;
        }
        if (folder == null) {
            throw Fault.usage("A run needs a folder for its results: sweep -o FOLDER.");
        }
        given.getOrDefault(Parameter.DEVICE, List.of()).forEach(SweepCommand::requireDevice);
        Sweep sweep = new Sweep(cells, chosen.timeoutSeconds(), new RunFolder(folder),
                new CellProcess(launcher()), spec.commandLine().getErr());
        List<CellRow> rows = sweep.run(Environment.collect(SuiteVersion.suite(), plan, given, cells),
                feasibility::refusal, resume);
        return rows.stream().allMatch(CellRow::isFine) ? 0 : Fault.FAILED;
    }

    /** Every fork tells its memory, which costs nothing where the kernel keeps the peak. */
    private List<String> launcher() {
        List<String> launcher = new ArrayList<>(CellProcess.launcher(MAIN));
        if (ResidentMemory.ofThisProcess().isPresent()) {
            launcher.addAll(List.of("-prof", "rss"));
        } else {
            spec.commandLine().getErr().println("Main memory will not be measured: " + RssProfiler.ABSENT);
        }
        return launcher;
    }

    /** A device that was asked for by name must be there; one that a plan names is skipped where it is not. */
    private static void requireDevice(String label) {
        if (Device.of(label).kind() == Device.Kind.CUDA) {
            CudaPresence.look().missing("device=" + label).ifPresent(reason -> {
                throw Fault.failed(reason);
            });
        }
    }

    private void list(List<Cell> cells, List<Optional<String>> refusals) {
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < cells.size(); i++) {
            out.println(cells.get(i).label() + refusals.get(i).map(reason -> " SKIPPED: " + reason).orElse(""));
        }
        out.printf("%d cells, %d of them SKIPPED.%n", cells.size(),
                refusals.stream().filter(Optional::isPresent).count());
    }
}
