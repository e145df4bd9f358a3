package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;

/** A profiler that can check beforehand whether it would fail during a measurement or after it. */
interface CheckedProfiler {

    /**
     * Called once before anything is measured.
     *
     * @throws Fault if it cannot end well here
     */
    void check();
}
