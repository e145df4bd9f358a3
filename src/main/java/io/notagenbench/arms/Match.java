package io.notagenbench.arms;

/** How the characters of an arm compare with those of the baseline. */
public enum Match {
    SAME("same"),
    /** They differ, as those of a reduced precision may. */
    OTHER("other"),
    /** They differ, and must not. */
    WRONG("WRONG");

    private final String label;

    Match(String label) {
        this.label = label;
    }

    static Match of(boolean same, boolean mustBeSame) {
        return same ? SAME : mustBeSame ? WRONG : OTHER;
    }

    /** As tables have it. */
    public String label() {
        return label;
    }
}
