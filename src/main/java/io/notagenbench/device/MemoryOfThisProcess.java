package io.notagenbench.device;

import java.util.Optional;

/** Finds out once how this machine reports the memory of this process. */
final class MemoryOfThisProcess {

    static final Optional<ResidentMemory> FOUND = find();

    private MemoryOfThisProcess() {
    }

    private static Optional<ResidentMemory> find() {
        if (KernelMemory.OF_THIS_PROCESS.isTold()) {
            return Optional.of(KernelMemory.OF_THIS_PROCESS);
        }
        Jna.require();
        SampledMemory sampled = new SampledMemory();
        return sampled.isTold() ? Optional.of(sampled) : Optional.empty();
    }
}
