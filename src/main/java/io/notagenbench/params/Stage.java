package io.notagenbench.params;

import io.notagenbench.fault.Fault;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A part of a piece that a benchmark measures alone, and the values of parameters that mean nothing for it. */
public enum Stage {

    PATCH_STEP(Refusal.SPECULATIVE),
    CHAR_STEP(Refusal.SPECULATIVE, Refusal.FUSED),
    PATCH_DECODING(Refusal.SPECULATIVE, Refusal.NO_PATCHES),
    TEXT(Refusal.NO_TEXT);

    /** Names the stage of a benchmark method, or of all methods of a class. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    public @interface Measured {

        Stage value();
    }

    private enum Refusal {

        SPECULATIVE(Parameter.DECODING, Decoding.SPECULATIVE.label(),
                "takes its drafts from the piece that it writes, so one stage cannot be measured alone: measure it with"
                        + " FullPieceBenchmark"),
        FUSED(Parameter.DECODING, Decoding.FUSED.label(),
                "runs a whole patch in one call, so one character cannot be measured alone: measure it with"
                        + " PatchDecodingBenchmark"),
        NO_PATCHES(Parameter.WORK, Defaults.WORK, "leaves open which patches are decoded: choose a trace, such as "
                + String.join(", ", Recordings.NAMES)),
        NO_TEXT(Parameter.WORK, Defaults.WORK,
                "has no text: choose a trace, such as " + String.join(", ", Recordings.NAMES));

        private final Parameter parameter;
        private final String value;
        private final String reason;

        Refusal(Parameter parameter, String value, String reason) {
            this.parameter = parameter;
            this.value = value;
            this.reason = reason;
        }

        private String sentence() {
            return parameter.label() + "=" + value + " " + reason + ".";
        }
    }

    private final Set<Refusal> refusals;

    Stage(Refusal... refusals) {
        this.refusals = EnumSet.copyOf(Arrays.asList(refusals));
    }

    /**
     * The stage that a benchmark measures, by its full name; empty for whole pieces and for what is not part of one.
     */
    public static Optional<Stage> of(String benchmark) {
        int dot = benchmark.lastIndexOf('.');
        try {
            Class<?> type = Class.forName(benchmark.substring(0, dot), false, Stage.class.getClassLoader());
            return Arrays.stream(type.getMethods())
                    .filter(method -> method.getName().equals(benchmark.substring(dot + 1)))
                    .map(method -> method.getAnnotation(Measured.class)).filter(Objects::nonNull).findFirst()
                    .or(() -> Optional.ofNullable(type.getAnnotation(Measured.class))).map(Measured::value);
        } catch (ClassNotFoundException e) {
            // A cell of an older run may name a benchmark that is gone.
            return Optional.empty();
        }
    }

    /**
     * Why this stage cannot be measured with these values, in one sentence; empty where it can.
     *
     * @param params value by name
     */
    public Optional<String> refusal(Map<String, String> params) {
        return refusals.stream().filter(refused -> refused.value.equals(params.get(refused.parameter.label())))
                .findFirst().map(Refusal::sentence);
    }

    /** @throws Fault (usage) with the {@link #refusal} of a value */
    public void require(Parameter parameter, String value) {
        refusal(Map.of(parameter.label(), value)).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
    }
}
