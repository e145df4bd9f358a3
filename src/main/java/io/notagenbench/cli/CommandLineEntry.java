package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.sweep.CellProcess;
import java.io.PrintWriter;
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
        ParentWatch.startIfAsked();
        UnsafeWarning.prevent();
        CommandLine commands = SuiteCommands.commandLine();
        if (args.length > 0 && SuiteCommands.isOwn(commands, args[0])) {
            return commands.execute(args);
        }
        try {
            return new JmhCommand().run(args);
        } catch (Fault fault) {
            System.err.println(ParentWatch.isAsked() ? CellProcess.refusal(fault.getMessage()) : fault.getMessage());
            return fault.exitCode();
        }
    }
}
