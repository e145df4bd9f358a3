package io.notagenbench;

import io.notagenbench.cli.CommandLineEntry;

/**
 * The one entry point of {@code benchmarks.jar}: JMH's own command line, or one of the suite's commands where the first
 * word is its name.
 */
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        System.exit(CommandLineEntry.run(args));
    }
}
