package io.notagenbench.sweep;

import java.util.OptionalLong;

/** Who can have sent a process the signal that cannot be caught. */
enum Killer {
    /** The kernel ended a process for want of memory meanwhile. */
    KERNEL,
    /** The kernel ended none: somebody else did. */
    OTHER,
    /** The kernel does not tell. */
    UNKNOWN;

    /**
     * @param before what the kernel had ended when the process began
     * @param after  what it had ended when the process was dead
     */
    static Killer of(OptionalLong before, OptionalLong after) {
        if (before.isEmpty() || after.isEmpty()) {
            return UNKNOWN;
        }
        return after.getAsLong() > before.getAsLong() ? KERNEL : OTHER;
    }
}
