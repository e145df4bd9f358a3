package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import io.notagenbench.results.ForkReport;
import io.notagenbench.results.ForkReporter;
import java.nio.file.InvalidPathException;
import picocli.CommandLine;

/** Sends a command line to the command that its first word names, or to JMH. */
public final class CommandLineEntry {

    private CommandLineEntry() {
    }

    /**
     * Runs a command line to its end, printing to the standard streams.
     *
     * @return the exit code: 0, {@link Fault#FAILED} or {@link Fault#USAGE}
     */
    public static int run(String... args) {
        ProcessText.settle();
        ParentWatch.startIfAsked();
        UnsafeWarning.prevent();
        try {
            ProcessText.requireLetters(args);
            CommandLine commands = SuiteCommands.commandLine().setOut(ProcessText.writer(System.out))
                    .setErr(ProcessText.writer(System.err));
            String[] words = SuiteCommands.withoutWords(commands, args);
            return words.length > 0 && SuiteCommands.isOwn(commands, words[0]) ? commands.execute(words)
                    : new JmhCommand().run(words);
        } catch (InvalidPathException e) {
            return tell(NamedPath.fault(e));
        } catch (Fault fault) {
            return tell(fault);
        } catch (RuntimeException e) {
            return SuiteCommands.report(e, ProcessText.writer(System.err));
        }
    }

    private static int tell(Fault fault) {
        System.err.println(fault.getMessage());
        ForkReporter.atHost(new ForkReport.Host(null, fault.outcome().orElse(null), fault.getMessage()));
        return fault.exitCode();
    }
}
