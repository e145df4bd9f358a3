package io.notagenbench.fault;

/** How a run ended: the "success" column of a report, with a reason beside every one but {@link #OK}. */
public enum Outcome {
    /** It ran to its end. */
    OK,
    /** It was not run, because it cannot be. */
    SKIPPED,
    /** The device ran out of memory. */
    OOM_DEVICE,
    /** The host ran out of memory, or the kernel ended the process for its memory. */
    OOM_HOST,
    /** It took longer than it may. */
    TIMEOUT,
    /** The process died in native code. */
    NATIVE_CRASH,
    /** The work did not run on the device that was asked for. */
    DEVICE_FALLBACK,
    /** It computed something else than the reference. */
    WRONG_OUTPUT,
    /** A stream cut found nothing to cut: the header alone fills the context window. */
    CONTEXT_FULL,
    /** Anything else. */
    ERROR
}
