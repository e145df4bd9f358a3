package io.notagenbench.generate;

import io.notagenbench.sampling.Sampler;

/** Hears of every draw: how {@code verify} measures how far it was from the boundary to another character. */
@FunctionalInterface
public interface DrawListener {

    /** Hears nothing. */
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
        // who compares arms needs no trace
    }
}
