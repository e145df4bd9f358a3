package io.notagenbench.device;

/** Who can have killed a process with SIGKILL. */
public enum KillSource {
    /** Perhaps the kernel, which has killed a process in the meantime because memory ran out. */
    KERNEL,
    /** Not the kernel, which has killed no process. */
    OTHER,
    /** Unknown, because the kernel does not tell. */
    UNKNOWN
}
