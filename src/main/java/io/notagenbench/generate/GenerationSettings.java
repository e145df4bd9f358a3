package io.notagenbench.generate;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.sampling.SamplerSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What one piece is made from.
 *
 * @param prompt      period, composer and instrumentation; a trace brings its own
 * @param patchLength context window W in patches, {@value #SMALLEST_WINDOW} to the rows of the model
 * @param sampling    top-k, top-p and temperature
 * @param seed        of the random numbers
 * @param patches     budget of generated patches; 0 = until the piece ends
 * @param trace       the recorded piece whose characters are to be written; empty = the model decides
 * @param timeLimit   after it the piece ends as {@link Outcome#TIMEOUT}
 */
public record GenerationSettings(
        Prompt prompt,
        int patchLength,
        SamplerSettings sampling,
        long seed,
        int patches,
        Optional<Trace> trace,
        Duration timeLimit) {

    /** The smallest context window that is of use: a prompt alone has 5 patches and more. */
    public static final int SMALLEST_WINDOW = 8;

    private static final double NANOS = 1e9;

    /** Seeds are whole numbers below it. */
    private static final long SEEDS = 1L << 32;

    /** The default time limit of a piece. */
    public static final Duration TIME_LIMIT = timeLimit(Double.parseDouble(Defaults.TIME_LIMIT));

    public GenerationSettings {
        if (patchLength < SMALLEST_WINDOW) {
            throw Fault.usage("patchLength=" + patchLength + " is too small: the context window is at least "
                    + SMALLEST_WINDOW + " patches");
        }
        if (patches < 0) {
            throw Fault.usage("patches=" + patches + " is not a budget: give a number of patches, or 0 for no budget");
        }
        prompt = trace.map(Trace::prompt).orElse(prompt);
    }

    /**
     * @param config of the model
     * @param model  as {@code -p model=} names it
     * @throws Fault (usage) if the window is longer than the model has position rows
     */
    public void requireRows(ModelConfig config, String model) {
        config.tooLong(Parameter.PATCH_LENGTH.label(), patchLength, model).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
    }

    /**
     * Returns the settings of piece {@code number} of a queue, counted from 0: the same, with {@code seed + number}.
     */
    public GenerationSettings piece(int number) {
        return new GenerationSettings(prompt, patchLength, sampling, (seed + number) % SEEDS, patches, trace, timeLimit);
    }

    /** Returns the same settings with another budget of patches. */
    public GenerationSettings budget(int most) {
        return new GenerationSettings(prompt, patchLength, sampling, seed, most, trace, timeLimit);
    }

    /**
     * Returns the same settings without a budget of patches and without a time limit, for a caller that stops the piece
     * itself.
     */
    public GenerationSettings endless() {
        return new GenerationSettings(prompt, patchLength, sampling, seed, 0, trace, timeLimit(0));
    }

    /** @param seconds 0 = no limit */
    private static Duration timeLimit(double seconds) {
        // Rounded up, so that the shortest limit is one.
        return seconds == 0 ? ChronoUnit.FOREVER.getDuration() : Duration.ofNanos((long) Math.ceil(seconds * NANOS));
    }

    /**
     * What {@code prompt}, {@code patchLength}, {@code topK}, {@code topP}, {@code temperature}, {@code seed},
     * {@code patches}, {@code work} and {@code timeLimit} ask for.
     */
    public static GenerationSettings of(Parameters parameters) {
        String work = parameters.text(Parameter.WORK);
        return new GenerationSettings(
                Prompt.parse(parameters.text(Parameter.PROMPT)),
                parameters.whole(Parameter.PATCH_LENGTH),
                new SamplerSettings(parameters.whole(Parameter.TOP_K), parameters.decimal(Parameter.TOP_P),
                        parameters.decimal(Parameter.TEMPERATURE)),
                parameters.seed(),
                parameters.whole(Parameter.PATCHES),
                work.equals(Defaults.WORK) ? Optional.empty() : Optional.of(Trace.load(work)),
                timeLimit(parameters.decimal(Parameter.TIME_LIMIT)));
    }
}
