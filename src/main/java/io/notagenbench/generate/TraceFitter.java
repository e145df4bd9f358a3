package io.notagenbench.generate;

import io.notagenbench.abc.ScoreText;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.Sampler;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.BitSet;
import java.util.Optional;

/**
 * Makes a trace of a score that no model wrote. A model reads the score, and each character gets a uniform number from
 * the interval in which the model, with its top-k, top-p and temperature, would have drawn it. A character that the
 * filter leaves out has an interval of some 1e-10, because the original adds 1e-12 to every probability.
 */
public final class TraceFitter implements DrawListener {

    private static final int FEWEST_DIGITS = 3;
    private static final int MOST_DIGITS = 17;

    private final NumpyRandom random;
    private final double[] numbers;
    private final BitSet outside = new BitSet();

    private TraceFitter(long seed, int length) {
        this.random = new NumpyRandom(seed);
        this.numbers = new double[length];
    }

    /**
     * @param settings window, sampling and seed
     * @param model    as {@code -p model=} names it
     * @param hash     SHA-256 of its weights
     * @param decoder  that samples with its own distributions, one character at a time
     * @param source   what is said of edition and encoder
     * @throws Fault (usage) if the window is too small for the score
     */
    public static Trace fit(String name, ScoreText score, GenerationSettings settings, String model, String hash,
            PatchDecoder decoder, String source) {
        int[] stream = score.stream();
        Trace undrawn = new Trace(name, score.prompt(), stream, new Uniforms.Drawn(0, new int[stream.length]), source);
        TraceFitter fitter = new TraceFitter(settings.seed(), stream.length);
        GenerationSettings forced = new GenerationSettings(score.prompt(), settings.patchLength(), settings.sampling(),
                settings.seed(), 0, Optional.of(undrawn), settings.timeLimit()).endless();
        Piece piece = new PieceGenerator(forced, decoder, PieceListener.NONE, fitter).generate();
        if (piece.outcome() != Outcome.OK) {
            throw Fault.usage(name + " cannot become a trace with patchLength=" + settings.patchLength() + ": "
                    + piece.reason().orElse(piece.outcome().name()) + ". Choose a larger patchLength.");
        }
        Uniforms.Fit fit = new Uniforms.Fit(model, hash, settings.patchLength(), settings.sampling().topK(),
                settings.sampling().topP(), settings.sampling().temperature(), settings.seed(),
                fitter.outside.cardinality());
        return new Trace(name, score.prompt(), stream, new Uniforms.Fitted(fitter.numbers, fit), source);
    }

    @Override
    public void drawn(Sampler sampler, double uniform, int id) {
        // what the model itself would have drawn does not matter
    }

    @Override
    public void recorded(Sampler sampler, int id, int at) {
        double[] share = new double[1];
        random.fill(share, 1);
        numbers[at] = number(sampler.low(id), sampler.high(id), share[0]);
        outside.set(at, !sampler.isKept(id));
    }

    /**
     * Returns the number at a share of an interval, with as few digits as stay inside; of an empty interval the lower
     * bound.
     */
    static double number(double low, double high, double share) {
        double below = Math.min(low + share * (high - low), Math.nextDown(high));
        double number = Math.min(Math.max(low, below), Math.nextDown(1.0));
        for (int digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
            double rounded = new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
            if (rounded >= low && rounded < high) {
                return rounded;
            }
        }
        return number;
    }
}
