package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.merge.Merge;
import io.notagenbench.merge.MergedFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one folder of the folders of many machines. */
@Command(name = "merge", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Merges the runs of many machines, or the shards of one plan, into a folder for report and compare.",
            "Each row appears once, even if a run is given twice or in parts, and names the run that it comes"
            + " from."})
final class MergeCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OUT", description = "Folder to write; it is made.")
    private Path out;

    @Parameters(index = "1..*", paramLabel = "FOLDER", arity = "1..*",
            description = "Folders that sweep or merge wrote, or the folder above the shards of a sweep.")
    private List<Path> folders;

    @Option(names = "--scrub", description = "Removes the names of hosts and home folders, from rows and logs.")
    private boolean scrub;

    @Option(names = "--scrub-name", paramLabel = "NAME",
            description = "Also removes this name, of a host that no folder or environment file names; may be"
                + " repeated.")
    private List<String> names = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!scrub && !names.isEmpty()) {
            throw Fault.usage("--scrub-name names one host more for --scrub: give both.");
        }
        MergedFolder.requireEmpty(out);
        OutputFolder.check("the folder", out);
        Merge merge = Merge.of(folders);
        List<String> notes = scrub ? MergedFolder.writeScrubbed(out, merge, names) : MergedFolder.write(out, merge);
        notes.forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getOut().printf("%s of %s %s in %s; %d that %s there more than once %s in it once.%n",
                Count.of(merge.rows().size(), "row"), Count.of(merge.runs().size(), "run"), merge.rows().size() == 1 ? "is" : "are",
                out, merge.twice(), merge.twice() == 1 ? "was" : "were", merge.twice() == 1 ? "is" : "are");
        return 0;
    }
}
