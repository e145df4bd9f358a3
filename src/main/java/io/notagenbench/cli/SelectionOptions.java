package io.notagenbench.cli;

import io.notagenbench.sweep.Plan;
import io.notagenbench.sweep.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The part of a command line that says what a sweep measures. */
final class SelectionOptions {

    @Parameters(paramLabel = "PLAN | REGEXP", arity = "0..*", completionCandidates = Plans.class, description = {
        "A plan: ${COMPLETION-CANDIDATES}, or a YAML file; or regular expressions of benchmarks, as on JMH's command line."})
    private List<String> words = new ArrayList<>();

    @Option(names = "--plan", paramLabel = "PLAN", description = "The plan, as above.")
    private String plan;

    /** The shipped plans, which the help lists. */
    static final class Plans extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Plans() {
            super(Plan.SHIPPED);
        }
    }

    boolean isGiven() {
        return plan != null || !words.isEmpty();
    }

    /** @throws io.notagenbench.fault.Fault (usage) as {@link Selection#of} */
    Selection selection() {
        return Selection.of(plan, words);
    }
}
