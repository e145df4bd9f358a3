package io.notagenbench.device;

/** Who can have sent a process the signal that cannot be caught. */
public enum KillSource {
    /** The kernel ended a process for want of memory meanwhile. */
    KERNEL,
    /** The kernel ended none: somebody else did. */
    OTHER,
    /** The kernel does not tell. */
    UNKNOWN
}
