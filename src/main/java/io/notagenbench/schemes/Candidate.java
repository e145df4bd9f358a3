package io.notagenbench.schemes;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.Backend;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LayerSchemes;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.Precision;
import io.notagenbench.engine.Quantisation;
import io.notagenbench.engine.onnx.OnnxBackend;
import io.notagenbench.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to round weights, and the engine that runs it: ONNX Runtime for all that its kernel can read, PyTorch for those
 * that it has in use.
 *
 * @param backend inference engine
 * @param schemes by which weights are rounded
 */
public record Candidate(Backend backend, LayerSchemes schemes) {

    /** What everything is compared with. */
    static final Candidate FP32 = new Candidate(Backend.ONNX, LayerSchemes.FP32);

    private static final List<String> INT8 = List.of("int8-row", "int8-128", "int8-64", "int8-32", "int8-64-zero", "int8-64-search");
    private static final List<String> INT4_GROUPS = List.of("int4-row", "int4-128", "int4-64", "int4-32");
    private static final List<String> INT4_RANGES = List.of("", "-search", "-zero", "-zero-search");
    private static final List<String> WIDER = List.of("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj", "patch_level", "char_level");

    /**
     * @param label a scheme and its exemptions, as {@link LayerSchemes#parse} reads them
     * @throws Fault (usage) if it is none
     */
    public static Candidate parse(String label) {
        try {
            return new Candidate(Backend.ONNX, LayerSchemes.parse(label));
        } catch (IllegalArgumentException e) {
            throw Fault.usage("--schemes " + label + " cannot be: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Groups of all sizes, with and without zero points and a searched range; the one that is in use for int4 with some
     * layers in int8 or fp32; and what PyTorch has in use.
     */
    public static List<Candidate> all() {
        List<String> labels = new ArrayList<>(INT8);
        INT4_GROUPS.forEach(group -> INT4_RANGES.forEach(range -> labels.add(group + range)));
        labels.add("int4-16-zero-search");
        String int4 = Quantisation.layers(Backend.ONNX, Precision.INT4).label();
        String int8 = Quantisation.layers(Backend.ONNX, Precision.INT8).label();
        WIDER.forEach(part -> labels.add(int4 + "+" + part + "=" + int8));
        labels.add(int4 + "+mlp.c_proj=fp32");
        List<Candidate> candidates = new ArrayList<>(labels.stream().map(Candidate::parse).toList());
        for (Precision precision : List.of(Precision.INT8, Precision.INT4)) {
            candidates.add(new Candidate(Backend.PYTORCH, Quantisation.layers(Backend.PYTORCH, precision)));
        }
        return candidates;
    }

    /** The precision that it is a variant of. */
    Precision precision() {
        return schemes.scheme().map(scheme -> scheme.bits() == Byte.SIZE ? Precision.INT8 : Precision.INT4)
                .orElse(Precision.FP32);
    }

    /** Whether it is what the backend's precision means. */
    boolean inUse() {
        return schemes.equals(Quantisation.layers(backend, precision()));
    }

    /** Why it cannot run; empty where it can. */
    Optional<String> refusal() {
        return backend == Backend.ONNX ? new OnnxBackend().refusal(schemes) : Optional.empty();
    }

    /** @param threads of a model call */
    EngineSettings settings(int threads) {
        return new EngineSettings(backend, Device.CPU, precision(), Decoding.CACHED, threads);
    }

    /** Loads the model with these weights. */
    NotaGenModel open(Weights weights, int threads) {
        return backend == Backend.ONNX ? new OnnxBackend().open(settings(threads), weights, schemes)
                : BackendProvider.of(backend).open(settings(threads), weights);
    }
}
