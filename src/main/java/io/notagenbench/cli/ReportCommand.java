package io.notagenbench.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.notagenbench.document.Document;
import io.notagenbench.fault.Fault;
import io.notagenbench.report.Report;
import io.notagenbench.report.ReportFiles;
import io.notagenbench.report.render.Markdown;
import io.notagenbench.results.JmhResults;
import io.notagenbench.results.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the report of one run or several into a folder, and its summary to standard output. */
@Command(name = "report", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Writes the report of one run or several: report.html (a single page that loads nothing),"
            + " summary.md and tables/*.csv, and prints the summary.")
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", arity = "1..*",
            description = "Folders that sweep wrote; they may still be running.")
    private List<Path> folders;

    @Option(names = "-o", paramLabel = "FOLDER",
            description = "Folder for the report; by default the folder of the run. Required for several runs.")
    private Path output;

    @Option(names = "--jmh-json", paramLabel = "FILE",
            description = "Also writes all OK cells in JMH's own format, as -rf json does, for other tools.")
    private Path jmh;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (output == null && folders.size() > 1) {
            throw Fault.usage("A report of " + folders.size() + " runs needs a folder of its own: name it with -o.");
        }
        List<RunFolder> runs = folders.stream().map(RunFolder::new).toList();
        runs.forEach(RunFolder::requireRun);
        Path into = output == null ? folders.get(0) : output;
        OutputFolder.check("-o", into);
        OutputFolder.check("-o", ReportFiles.tables(into));
        if (jmh != null) {
            OutputFile.check("--jmh-json", jmh);
        }
        Document report = Report.of(runs);
        ReportFiles.write(report, into);
        spec.commandLine().getOut().print(Markdown.brief(report));
        spec.commandLine().getOut().flush();
        if (jmh != null) {
            ArrayNode results = JsonNodeFactory.instance.arrayNode();
            runs.forEach(run -> results.addAll(new JmhResults(run).all()));
            OutputFile.write(jmh, results.toPrettyString() + "\n");
        }
        spec.commandLine().getErr().println("The whole report is " + into.resolve(ReportFiles.PAGE).toAbsolutePath() + ".");
        return 0;
    }
}
