package io.notagenbench.compare;

/** What the forks of both sides say of one cell. */
public enum Verdict {
    /** B takes longer than A. */
    SLOWER,
    /** B takes less time than A. */
    FASTER,
    /** The forks do not tell: neither a difference nor its absence is shown. */
    UNCLEAR,
    /** B takes as long as A: the difference was shown to lie within the margin. */
    SAME
}
