package io.notagenbench.arms;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of the suite's own ways to write a piece, on the CPU as the original.
 *
 * @param backend   inference engine
 * @param precision number format of the weights
 * @param decoding  how it decodes
 */
public record Arm(Backend backend, Precision precision, Decoding decoding) {

    private static final String FORM = "give backend/precision/decoding, such as onnx/fp32/cached";

    /**
     * @param label {@code backend/precision/decoding}
     * @throws Fault (usage) if a part is none that there is
     */
    public static Arm parse(String label) {
        String[] parts = label.strip().split("/", -1);
        if (parts.length != 3) {
            throw Fault.usage("arm '" + label + "' cannot be: " + FORM + ".");
        }
        return new Arm(part(label, parts[0], Backend.values(), Backend::label),
                part(label, parts[1], Precision.values(), Precision::label),
                part(label, parts[2], Decoding.values(), Decoding::label));
    }

    private static <T> T part(String arm, String text, T[] values, Function<T, String> label) {
        return Arrays.stream(values).filter(value -> label.apply(value).equals(text)).findFirst()
                .orElseThrow(() -> Fault.usage("arm '" + arm + "' cannot be: '" + text + "' is none of "
                        + Arrays.stream(values).map(label).collect(Collectors.joining(", ")) + "; " + FORM + "."));
    }

    /**
     * @param threads CPU threads of a model call
     * @throws Fault (usage) if the backend cannot do this
     */
    public EngineSettings settings(int threads) {
        EngineSettings settings = new EngineSettings(backend, Device.of("cpu"), precision, decoding, threads);
        BackendProvider.of(backend).refusal(settings).ifPresent(reason -> {
            throw Fault.usage("arm " + label() + ": " + reason);
        });
        return settings;
    }

    /** The form that {@link #parse} reads. */
    public String label() {
        return String.join("/", List.of(backend.label(), precision.label(), decoding.label()));
    }

    /** Whether the text must be the original's: only fp32 computes the same numbers. */
    boolean isExact() {
        return precision == Precision.FP32;
    }
}
