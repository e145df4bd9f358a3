package io.notagenbench.params;

import io.notagenbench.fault.Fault;
import java.util.Collection;
import java.util.List;

/** The traces in the jar, by the names that {@code -p work=} takes. */
public final class Recordings {

    public static final String TWO_VOICES = "two-voices";
    public static final String FOUR_VOICES = "four-voices";
    public static final String LONG = "long";

    /** A score that no model wrote, Mazurka Op. 6 No. 2: what the published test asked for. */
    public static final String CHOPIN = "chopin";

    /** Those that the embedded checkpoint wrote. */
    public static final List<String> OF_TINY = List.of(TWO_VOICES, FOUR_VOICES, LONG);

    /** All pieces in the jar; any other name is the path of a file. */
    public static final List<String> NAMES = List.of(TWO_VOICES, FOUR_VOICES, LONG, CHOPIN);

    private Recordings() {
    }

    /**
     * Refuses a prompt that has no effect, since every recorded piece has its own prompt.
     *
     * @param works the values of {@code work} of everything that takes a prompt
     * @throws Fault (usage) if there are values and all of them are recorded pieces
     */
    public static void requireUseOfPrompt(Collection<String> works) {
        if (!works.isEmpty() && !works.contains(Defaults.WORK)) {
            throw Fault.usage("-p prompt has no effect with work=" + String.join(",", works.stream().distinct().toList())
                    + ", which has a prompt of its own: leave it out, or choose work=" + Defaults.WORK + ".");
        }
    }
}
