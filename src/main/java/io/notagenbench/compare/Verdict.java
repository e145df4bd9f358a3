package io.notagenbench.compare;

/** What the forks of both sides show about one cell. */
public enum Verdict {
    /** B takes longer than A. */
    SLOWER,
    /** B takes less time than A. */
    FASTER,
    /** The forks show neither a difference nor that there is none. */
    UNCLEAR,
    /** B takes as long as A: the difference was shown to lie within the margin. */
    SAME
}
