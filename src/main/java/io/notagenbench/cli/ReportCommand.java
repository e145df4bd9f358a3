package io.notagenbench.cli;

import io.notagenbench.report.Summary;
import io.notagenbench.sweep.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a run found, on standard output and in its folder. */
@Command(name = "report", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Writes the summary of a run into its folder, and prints it.")
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "Folder that sweep wrote; it may still be running.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Summary.write(new RunFolder(folder)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
