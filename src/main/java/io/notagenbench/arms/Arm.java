package io.notagenbench.arms;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Optional;

/**
 * One way to compute the model.
 *
 * @param backend   inference engine
 * @param precision number format of the weights
 * @param decoding  how it decodes
 */
public record Arm(String backend, Precision precision, Decoding decoding) {

    /** The parameters that an arm sets, in the order of its label. */
    public static final List<Parameter> PARAMETERS =
            List.of(Parameter.BACKEND, Parameter.PRECISION, Parameter.DECODING);

    /** Returns the arm that {@code backend}, {@code precision} and {@code decoding} name. */
    static Arm of(Parameters parameters) {
        return new Arm(parameters.text(Parameter.BACKEND), Precision.of(parameters.text(Parameter.PRECISION)),
                Decoding.of(parameters.text(Parameter.DECODING)));
    }

    /**
     * @param label {@code backend/precision/decoding}
     * @throws Fault (usage) if a part is missing or unknown
     */
    public static Arm parse(String label) {
        String[] parts = label.strip().split("/", -1);
        if (parts.length != PARAMETERS.size()) {
            throw Fault.usage("'" + label
                    + "' is not an arm: write backend/precision/decoding, such as onnx/fp32/cached.");
        }
        Parameters parameters = Parameters.defaults();
        for (int i = 0; i < parts.length; i++) {
            try {
                parameters = parameters.with(PARAMETERS.get(i), parts[i]);
            } catch (Fault e) {
                throw Fault.usage("'" + label + "' is not an arm: " + e.getMessage(), e);
            }
        }
        return of(parameters);
    }

    /**
     * The arms that {@code --arms} lists.
     *
     * @throws Fault (usage) if one is not an arm, or is listed twice
     */
    public static List<Arm> parse(List<String> labels) {
        List<Arm> arms = labels.stream().map(Arm::parse).toList();
        if (arms.stream().distinct().count() < arms.size()) {
            throw Fault.usage("--arms " + String.join(",", labels) + " names an arm twice: name it once.");
        }
        return arms;
    }

    /** Returns the label, which {@link #parse(String)} reads. */
    public String label() {
        return String.join("/", backend, precision.label(), decoding.label());
    }

    /** Whether it computes the same numbers as the original, so that its text must be the same: only fp32 does. */
    public boolean isExact() {
        return precision == Precision.FP32;
    }

    /**
     * Returns how to run the model of this arm.
     *
     * @param common everything that an arm does not decide: device, threads, provider and caches
     */
    public EngineSettings settings(Parameters common) {
        return EngineSettings.of(common.with(Parameter.BACKEND, backend)
                .with(Parameter.PRECISION, precision.label()).with(Parameter.DECODING, decoding.label()));
    }

    /** Returns why the backend has no kernel for this arm, in one sentence; empty if it has one. */
    Optional<String> refusal(Parameters common) {
        return BackendProvider.of(backend).refusal(settings(common));
    }

    /** @throws Fault (usage) if the backend has no kernel for it */
    void requireKernel(Parameters common) {
        refusal(common).ifPresent(reason -> {
            throw Fault.usage("arm " + label() + ": " + reason);
        });
    }

    /** @throws Fault (failed) if this machine or build lacks what it needs */
    public void requirePresent(Parameters common) {
        BackendProvider.of(backend).missing(settings(common)).ifPresent(reason -> {
            throw Fault.failed(reason);
        });
    }

    /** Loads its model. */
    NotaGenModel open(Parameters common, Weights weights) {
        return BackendProvider.of(backend).open(settings(common), weights);
    }
}
