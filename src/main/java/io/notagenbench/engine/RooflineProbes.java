package io.notagenbench.engine;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.fault.Fault;

/**
 * What {@code RooflineBenchmark} measures in an engine: its kernels and its memory without a model. A backend may leave
 * out all probes or some of them. Its cells of the roofline are then skipped; models run without them.
 */
public interface RooflineProbes {

    /**
     * Loads the linear layers of a model's patch level alone.
     *
     * @throws Fault if {@link BackendProvider#require} has one, or the engine cannot be started
     */
    LinearLayers linearLayers(EngineSettings settings, Weights weights);

    /**
     * Allocates memory that the engine's own sum reads; it is zero at first.
     *
     * @param elements number of fp32 elements
     * @throws Fault if the engine cannot be started or cannot hold that many elements; {@link #skipped} if it has no
     *               such memory on this device
     */
    ReadBuffer readBuffer(EngineSettings settings, long elements);

    /**
     * Allocates memory on the device that is copied within the device, and to it and from it; it is zero at first.
     *
     * @param elements number of fp32 elements, even
     * @throws Fault as {@link #readBuffer}
     */
    DeviceBuffer deviceBuffer(EngineSettings settings, long elements);

    /**
     * Builds a chain of operators.
     *
     * @param operators at least 1
     * @throws Fault if the engine cannot be started
     */
    OperatorChain operatorChain(EngineSettings settings, int operators);

    /**
     * The probes of a backend.
     *
     * @throws Fault (usage) that begins with {@code SKIPPED} if it has none
     */
    static RooflineProbes of(String backend) {
        return BackendProvider.of(backend).probes()
                .orElseThrow(() -> skipped("backend=" + backend + " has no probes for RooflineBenchmark: choose another"
                        + " backend."));
    }

    /** The fault of a probe that a backend leaves out; a sweep records the cell as skipped. */
    static Fault skipped(String sentence) {
        return Fault.usage("SKIPPED: " + sentence);
    }
}
