package io.notagenbench.device;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The memory of this process right after a model was loaded. The loader reports it, since a profiler is called only
 * around iterations.
 *
 * @param residentBytes memory with the model
 * @param peakBytes     the most while it was loaded
 * @param weightBytes   of its weights, in the form that its kernels read
 */
public record LoadedMemory(long residentBytes, long peakBytes, long weightBytes) {

    private static final AtomicReference<LoadedMemory> NEWEST = new AtomicReference<>();

    /**
     * Records the memory after a model was loaded; does nothing if the system does not tell the memory of a process.
     */
    public static void announce(long weightBytes) {
        ResidentMemory.ofThisProcess()
                .ifPresent(memory -> NEWEST.set(new LoadedMemory(memory.now(), memory.peak(), weightBytes)));
    }

    /** Returns the memory with the model that was loaded last; empty if none was, or the memory is unknown. */
    public static Optional<LoadedMemory> newest() {
        return Optional.ofNullable(NEWEST.get());
    }
}
