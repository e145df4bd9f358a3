package io.notagenbench.device;

/** Who can have killed a process with SIGKILL. */
public enum KillSource {
    /** Perhaps the kernel: meanwhile it killed a process because memory ran out. */
    KERNEL,
    /** Not the kernel: it killed none. */
    OTHER,
    /** Unknown: the kernel does not say. */
    UNKNOWN
}
