package io.notagenbench.arms;

/** How the characters of an arm compare with those of the baseline. */
public enum Match {
    SAME("same"),
    /** The characters differ, which is allowed: the precision is reduced. */
    OTHER("other"),
    /** The characters differ, which is a defect. */
    WRONG("WRONG");

    private final String label;

    Match(String label) {
        this.label = label;
    }

    static Match of(boolean same, boolean mustBeSame) {
        return same ? SAME : mustBeSame ? WRONG : OTHER;
    }

    /** Returns the word in tables. */
    public String label() {
        return label;
    }
}
