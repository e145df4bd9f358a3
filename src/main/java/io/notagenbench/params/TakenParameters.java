package io.notagenbench.params;

import io.notagenbench.fault.Fault;
import java.util.List;

/**
 * The parameters that a command or a set of benchmarks takes. All others are refused, since they would have no effect.
 *
 * @param who     a name, or a noun in the plural
 * @param several whether {@code who} is in the plural
 * @param names   names of the parameters
 */
public record TakenParameters(String who, boolean several, List<String> names) {

    public TakenParameters {
        names = List.copyOf(names);
    }

    /**
     * Checks that a parameter is taken.
     *
     * @throws Fault (usage) if it is not; the sentence lists those that are, and the one nearest to an unknown name
     */
    public void require(String name) {
        if (names.contains(name)) {
            return;
        }
        if (Parameter.named(name).isPresent()) {
            throw Fault.usage(refusal(name) + ". " + (several ? "They take: " : "It takes: ") + list());
        }
        throw Fault.usage("There is no parameter " + name + "." + Spelling.hint(name, names) + " " + who
                + (several ? " take: " : " takes: ") + list());
    }

    /**
     * The fault for a parameter that is replaced by something else.
     *
     * @param advice what to do instead, without a full stop
     */
    public Fault instead(String name, String advice) {
        return Fault.usage(refusal(name) + ": " + advice + ".");
    }

    private String refusal(String name) {
        return who + (several ? " do not" : " does not") + " take the parameter " + name;
    }

    private String list() {
        return String.join(", ", names) + ".";
    }
}
