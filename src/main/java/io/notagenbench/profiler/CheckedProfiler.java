package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;

/** A profiler that could fail in the middle of the measuring or behind it, and can tell before. */
interface CheckedProfiler {

    /**
     * Called once before anything is measured.
     *
     * @throws Fault if it cannot end well here
     */
    void check();
}
