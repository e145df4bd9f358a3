package io.notagenbench.cli;

import io.notagenbench.generate.DrawListener;
import io.notagenbench.sampling.Sampler;
import java.util.Locale;

/** The draws of one piece as lines, so that two texts that differ can be compared at the draw where they part. */
final class DrawnCharacters implements DrawListener {

    private static final double NOT_TOLD = -1;

    private final StringBuilder lines = new StringBuilder();

    @Override
    public void drawn(Sampler sampler, double uniform, int id) {
        line(uniform, id, sampler.margin(uniform));
    }

    @Override
    public void drawnInside(double uniform, int id) {
        line(uniform, id, NOT_TOLD);
    }

    private void line(double uniform, int id, double margin) {
        lines.append(String.format(Locale.ROOT, "%s %d %.3e%n", uniform, id, margin));
    }

    /**
     * Returns a line for each draw: random number, character, and distance to the nearest boundary, -1 if the engine
     * keeps it.
     */
    String lines() {
        return lines.toString();
    }
}
