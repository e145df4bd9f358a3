package io.notagenbench.cli;

import io.notagenbench.device.Terminal;
import io.notagenbench.fault.Fault;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that compares arms. */
abstract class ArmCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints progress to a terminal; a file or a pipe gets none. */
    void progress(String sentence) {
        if (Terminal.isStandardError()) {
            err().println(sentence);
        }
    }

    static void requirePositive(String option, int value) {
        if (value < 1) {
            throw Fault.usage(option + " must be at least 1, not " + value + ".");
        }
    }
}
