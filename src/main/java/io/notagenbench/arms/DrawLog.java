package io.notagenbench.arms;

import io.notagenbench.generate.DrawListener;
import io.notagenbench.sampling.Sampler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The draws of one piece, by their uniform random number. All arms of a seed see the same numbers in the same slots, so
 * the number tells which draw of one arm is which of another, although decodings that stop at an EOS draw fewer.
 */
final class DrawLog implements DrawListener {

    /** The margin of a draw that was not measured, or that an engine made. */
    private static final double UNKNOWN = -1;

    /** @param margin how far the uniform number was from the boundary to another character */
    private record Draw(double uniform, int id, double margin) {
    }

    /**
     * The first draw at which two arms part company.
     *
     * @param number how many draws both had made by then, this one included
     * @param first  character of the one arm
     * @param second character of the other
     * @param margin how far the draw was from the boundary that it crossed, the larger of what the two arms saw;
     *               infinite where neither saw any
     */
    record Divergence(int number, int first, int second, double margin) {

        String words() {
            return String.format(Locale.ROOT, "draw %d: %s, not %s, margin %.1e", number, character(second),
                    character(first), margin);
        }

        private static String character(int id) {
            return id > ' ' && id < 127 ? Character.toString(id) : "#" + id;
        }
    }

    private final boolean margins;
    private final List<Draw> draws = new ArrayList<>();

    private DrawLog(boolean margins) {
        this.margins = margins;
    }

    /** Returns a log that measures the margin of each draw, which takes time. */
    static DrawLog withMargins() {
        return new DrawLog(true);
    }

    /** Returns a log without margins. It takes little time, for draws that are timed. */
    static DrawLog withoutMargins() {
        return new DrawLog(false);
    }

    @Override
    public void drawn(Sampler sampler, double uniform, int id) {
        draws.add(new Draw(uniform, id, margins ? sampler.margin(uniform) : UNKNOWN));
    }

    @Override
    public void drawnInside(double uniform, int id) {
        draws.add(new Draw(uniform, id, UNKNOWN));
    }

    /** Forgets all draws up to now. */
    void clear() {
        draws.clear();
    }

    /** Whether both drew the same characters, and one of them made all draws that the other made. */
    boolean sameAs(DrawLog other) {
        Map<Double, Draw> mine = byUniform();
        Map<Double, Draw> theirs = other.byUniform();
        long common = mine.keySet().stream().filter(theirs::containsKey).count();
        return common > 0 && common == Math.min(mine.size(), theirs.size()) && divergence(other).isEmpty();
    }

    /** Where {@code other} first drew another character than this; empty where it never did. */
    Optional<Divergence> divergence(DrawLog other) {
        Map<Double, Draw> others = other.byUniform();
        int number = 0;
        for (Draw mine : byUniform().values()) {
            Draw theirs = others.get(mine.uniform());
            if (theirs != null) {
                number++;
                if (mine.id() != theirs.id()) {
                    return Optional.of(new Divergence(number, mine.id(), theirs.id(), margin(mine, theirs)));
                }
            }
        }
        return Optional.empty();
    }

    private Map<Double, Draw> byUniform() {
        Map<Double, Draw> byUniform = new LinkedHashMap<>();
        draws.forEach(draw -> byUniform.put(draw.uniform(), draw));
        return byUniform;
    }

    private static double margin(Draw mine, Draw theirs) {
        double larger = Math.max(mine.margin(), theirs.margin());
        return larger == UNKNOWN ? Double.POSITIVE_INFINITY : larger;
    }
}
