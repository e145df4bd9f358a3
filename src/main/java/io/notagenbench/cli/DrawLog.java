package io.notagenbench.cli;

import io.notagenbench.generate.DrawListener;
import io.notagenbench.sampling.Sampler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The draws of one piece, by their uniform random number. All arms of a seed see the same numbers in the same slots, so
 * the number tells which draw of one arm is which of another, although decodings that stop at an EOS draw fewer.
 */
final class DrawLog implements DrawListener {

    /**
     * One draw.
     *
     * @param id     the character
     * @param margin how far the uniform number was from the boundary to another character; empty where the draw was
     *               inside an engine
     */
    record Draw(int id, OptionalDouble margin) {
    }

    /**
     * The first draw at which two arms part company.
     *
     * @param number how many draws both had made by then, this one included
     * @param first  character of the one arm
     * @param second character of the other
     * @param margin how far the draw was from the boundary that it crossed, the larger of what the two arms saw; infinite
     *               where neither saw any
     */
    record Divergence(int number, int first, int second, double margin) {
    }

    private final Map<Double, Draw> draws = new LinkedHashMap<>();

    @Override
    public void drawn(Sampler sampler, double uniform, int id) {
        draws.put(uniform, new Draw(id, OptionalDouble.of(sampler.margin(uniform))));
    }

    @Override
    public void drawnInside(double uniform, int id) {
        draws.put(uniform, new Draw(id, OptionalDouble.empty()));
    }

    /** Where {@code other} first drew another character than this; empty where it never did. */
    Optional<Divergence> divergence(DrawLog other) {
        int number = 0;
        for (Map.Entry<Double, Draw> entry : draws.entrySet()) {
            Draw mine = entry.getValue();
            Draw theirs = other.draws.get(entry.getKey());
            if (theirs != null) {
                number++;
                if (mine.id() != theirs.id()) {
                    double margin = DoubleStream.concat(mine.margin().stream(), theirs.margin().stream()).max()
                            .orElse(Double.POSITIVE_INFINITY);
                    return Optional.of(new Divergence(number, mine.id(), theirs.id(), margin));
                }
            }
        }
        return Optional.empty();
    }
}
