package io.notagenbench.cli;

import io.notagenbench.params.Parameter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Tables of the help texts, as wide as the terminal. */
final class HelpTable {

    private static final int NAME_WIDTH = 14;
    private static final int DEFAULT_WIDTH = 29;
    private static final int INDENT = 2;

    private HelpTable() {
    }

    /**
     * A line for each parameter: its name, its default and its help.
     *
     * @param defaults by parameter
     * @param help     by parameter
     */
    static String parameters(Map<Parameter, String> defaults, Map<Parameter, String> help, int width) {
        Help.TextTable table = table(new Column(NAME_WIDTH, INDENT, Overflow.SPAN),
                new Column(DEFAULT_WIDTH, 1, Overflow.WRAP),
                new Column(width - NAME_WIDTH - DEFAULT_WIDTH, 1, Overflow.WRAP));
        defaults.forEach((parameter, value) -> table.addRowValues(parameter.label(), value, help.get(parameter)));
        return table.toString();
    }

    /** A line for each command: its name, and the first sentence about it. */
    static String commands(CommandLine all, int width) {
        Help.TextTable table = table(new Column(NAME_WIDTH, INDENT, Overflow.SPAN),
                new Column(width - NAME_WIDTH, 1, Overflow.WRAP));
        all.getSubcommands().forEach((name, command) -> table.addRowValues(name,
                command.getCommandSpec().usageMessage().description()[0]));
        return table.toString();
    }

    /** A text of several lines. */
    static String paragraph(String text, int width) {
        Help.TextTable table = table(new Column(width, 0, Overflow.WRAP));
        table.addRowValues(text);
        return table.toString();
    }

    private static Help.TextTable table(Column... columns) {
        Help.TextTable table = Help.TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        table.indentWrappedLines = 0;
        return table;
    }
}
