package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The suite's own commands, and what all of them have in common. */
@Command(name = "benchmarks.jar",
        description = "Microbenchmarks of NotaGen. Without a command: JMH's own command line, -h shows it.",
        versionProvider = SuiteVersion.class,
        mixinStandardHelpOptions = true,
        subcommands = {GenerateCommand.class, VerifyCommand.class, DoctorCommand.class, SweepCommand.class,
            ReportCommand.class, CompareCommand.class, MergeCommand.class, PeerCommand.class, RaceCommand.class,
            SchemesCommand.class, PromptsCommand.class})
final class SuiteCommands implements Runnable {

    /** Shows the stack trace of a fault: {@code java -Dnotagenbench.trace=true -jar benchmarks.jar}. */
    static final String TRACE = "notagenbench.trace";

    @CommandLine.Spec
    private CommandSpec spec;

    /** All commands, ready to run: faults become one sentence on standard error and their exit code. */
    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new SuiteCommands());
        commands.setExecutionExceptionHandler((exception, command, parsed) -> report(exception, command.getErr()));
        commands.setParameterExceptionHandler((exception, args) -> {
            CommandLine command = exception.getCommandLine();
            command.getErr().println(exception.getMessage() + ". See --help of " + command.getCommandName() + ".");
            return Fault.USAGE;
        });
        for (CommandLine command : commands.getSubcommands().values()) {
            command.setUsageHelpAutoWidth(true);
            if (command.getMixins().containsKey("parameters")) {
                command.getCommandSpec().usageMessage().footer(parameterHelp().toArray(new String[0]));
            }
        }
        return commands;
    }

    /** Whether a first word is for these commands: a command's name, or an option that JMH does not have. */
    static boolean isOwn(CommandLine commands, String word) {
        return commands.getSubcommands().containsKey(word) || List.of("--version", "-V").contains(word);
    }

    static List<String> parameterHelp() {
        return List.of("", "Parameters (-p name=value), with their defaults:", Parameter.table().replace("%", "%%"));
    }

    /** Says what went wrong; gives the exit code. */
    static int report(Exception exception, PrintWriter err) {
        if (Boolean.getBoolean(TRACE)) {
            exception.printStackTrace(err);
        }
        if (exception instanceof InvalidPathException path) {
            return report(ProcessText.fault(path), err);
        }
        if (exception instanceof Fault fault) {
            err.println(fault.getMessage());
            return fault.exitCode();
        }
        err.println("This should not have happened: " + exception + ". Show where with -D" + TRACE + "=true.");
        return Fault.FAILED;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
