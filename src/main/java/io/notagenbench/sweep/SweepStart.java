package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a sweep begins.
 *
 * @param resume whether it goes on with the run that its folder holds
 * @param retry  outcomes of that run which are to be measured again
 */
public record SweepStart(boolean resume, Set<Outcome> retry) {

    /** A new run, in a folder without one. */
    public static final SweepStart FRESH = new SweepStart(false, Set.of());

    /** Goes on with the cells that have not ended. */
    public static final SweepStart RESUMED = new SweepStart(true, Set.of());

    /** @throws Fault (usage) if there is no such outcome, or nothing went wrong with it */
    public static SweepStart retrying(List<String> outcomes) {
        return new SweepStart(true, outcomes.stream().map(SweepStart::failure).collect(Collectors.toUnmodifiableSet()));
    }

    private static Outcome failure(String name) {
        List<String> failures = Arrays.stream(Outcome.values()).filter(outcome -> outcome != Outcome.OK).map(Outcome::name)
                .toList();
        if (!failures.contains(name)) {
            throw Fault.usage("--retry " + name + (name.equals(Outcome.OK.name()) ? " would measure again what is measured"
                    : " is not an outcome of a cell") + ": choose from " + String.join(", ", failures) + ".");
        }
        return Outcome.valueOf(name);
    }
}
