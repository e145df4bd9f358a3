package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import io.notagenbench.params.Spelling;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The suite's own commands, and what all of them have in common. */
@Command(name = "java -jar benchmarks.jar",
        description = "Microbenchmarks of NotaGen. Without a command: JMH's own command line, -h shows it.",
        versionProvider = SuiteVersion.class,
        mixinStandardHelpOptions = true,
        subcommands = {GenerateCommand.class, VerifyCommand.class, DoctorCommand.class, SweepCommand.class,
            ReportCommand.class, CompareCommand.class, MergeCommand.class, PeerCommand.class, RaceCommand.class,
            PromptsCommand.class, TraceCommand.class, ServeCommand.class, LoadCommand.class})
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
            if (command.getMixins().get(ParameterOptions.NAME) instanceof ParameterOptions parameters) {
                addParameters(command, parameters);
            }
        }
        return commands;
    }

    /** Whether a first word is for these commands: a command's name, or an option that JMH does not have. */
    static boolean isOwn(CommandLine commands, String word) {
        return commands.getSubcommands().containsKey(word) || List.of("--version", "-V").contains(word);
    }

    /**
     * {@code help}, {@code help COMMAND} and {@code version} as the options that they mean.
     *
     * @throws Fault (usage) if there is no such command
     */
    static String[] withoutWords(CommandLine commands, String... args) {
        if (args.length == 1 && args[0].equals("version")) {
            return new String[] {"--version"};
        }
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        if (args.length == 1) {
            return new String[] {"-h"};
        }
        List<String> known = List.copyOf(commands.getSubcommands().keySet());
        if (!known.contains(args[1])) {
            throw Fault.usage("Unknown command " + args[1] + "." + Spelling.hint(args[1], known) + " Commands: "
                    + String.join(", ", known) + ".");
        }
        return new String[] {args[1], "--help"};
    }

    private static void addParameters(CommandLine command, ParameterOptions parameters) {
        List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), ParameterOptions.NAME);
        command.setHelpSectionKeys(sections);
        command.getHelpSectionMap().put(ParameterOptions.NAME,
                help -> String.format("%n") + parameters.help(help.commandSpec().usageMessage().width()));
    }

    /** Prints what went wrong and returns the exit code. */
    static int report(Exception exception, PrintWriter err) {
        if (Boolean.getBoolean(TRACE)) {
            exception.printStackTrace(err);
        }
        if (exception instanceof InvalidPathException path) {
            return report(NamedPath.fault(path), err);
        }
        if (exception instanceof Fault fault) {
            err.println(fault.getMessage());
            return fault.exitCode();
        }
        err.println("Internal error: " + exception + ". For its stack trace: java -D" + TRACE
                + "=true -jar benchmarks.jar ...");
        return Fault.FAILED;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
