package io.notagenbench.generate;

import io.notagenbench.sampling.Sampler;

/** Is told of every draw. {@code verify} uses it to measure how close a draw was to another character. */
@FunctionalInterface
public interface DrawListener {

    /** A listener that ignores every draw. */
    DrawListener NONE = (sampler, uniform, id) -> {
    };

    /**
     * @param sampler the sampler right after the draw; its distribution is the one that was drawn from
     * @param uniform the uniform random number of the draw
     * @param id      the character drawn, before a trace overrules it
     */
    void drawn(Sampler sampler, double uniform, int id);

    /**
     * A draw inside an engine, whose distribution stays there.
     *
     * @param uniform the uniform random number of the draw
     * @param id      the character drawn, before a trace overrules it
     */
    default void drawnInside(double uniform, int id) {
        // the engine does not return the distribution
    }

    /**
     * A trace has a character for a draw.
     *
     * @param sampler as in {@link #drawn}
     * @param id      the recorded character
     * @param at      its index in the stream of the trace
     */
    default void recorded(Sampler sampler, int id, int at) {
        // comparing arms needs no trace
    }
}
