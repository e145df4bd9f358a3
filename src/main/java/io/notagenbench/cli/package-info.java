/**
 * The command line: JMH's own, and a class for each command of the suite. Start with {@link
 * io.notagenbench.cli.CommandLineEntry}, which sends a command line to {@code JmhCommand} or to one of the commands in
 * {@code SuiteCommands}; {@code ParameterOptions} reads {@code -p name=value} for all of them.
 *
 * <p>A command checks what a person typed, calls the packages below and prints. It may use every other package, and
 * none uses it. Exit codes are 0, 1 for a failed run and 2 for wrong usage.
 */
package io.notagenbench.cli;
