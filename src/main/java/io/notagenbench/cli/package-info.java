/** The command line: JMH's own, and the suite's commands. */
package io.notagenbench.cli;
